#pragma once
#include "simulation/scenario.h"
#include "ui/models/qr_code.h"

#include <QDialog>

#include <optional>

class QLabel;

namespace orderlab::ui {

/// A moment as a line of text and as a QR code, to be copied, photographed or saved. Where the line is too long for a
/// code, the scenario is offered as a file. GUI thread.
class MomentDialog final : public QDialog {
    Q_OBJECT
public:
    /// `line`: or why there is none. `scenario`: of the world, with its seed.
    MomentDialog(const Result<std::string>& line, Scenario scenario, QWidget* parent);

    /// Nothing where the line is too long.
    const std::optional<QrCode>& code() const { return m_code; }
    /// What went wrong, or empty.
    QString savePng(const QString& file) const;
    QString saveScenario(const QString& file) const;

private:
    void askForPng();
    void askForScenario();
    void tell(const QString& problem, const QString& file);

    const QString m_line; ///< Empty: there is none.
    const Scenario m_scenario;
    std::optional<QrCode> m_code;
    QLabel* m_note = nullptr;
};

} // namespace orderlab::ui
