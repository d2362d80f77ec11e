#pragma once
#include "simulation/recorded_scenario.h"
#include "ui/worlds/background.h"

#include <QDialog>

#include <optional>

class QLabel;
class QPushButton;
class QProgressBar;

namespace orderlab::ui {

/// Makes a scenario of a recording behind the window, runs it, and says how well it agrees with the recording before
/// anybody works with it. GUI thread.
class ScenarioFromDialog final : public QDialog {
    Q_OBJECT
public:
    /// Begins at once.
    ScenarioFromDialog(const QString& file, QWidget* parent);

    struct Made {
        RecordedScenario scenario;
        Agreement agreement;
    };
    /// Once it is made; nothing while it is not, or when it failed.
    const std::optional<Made>& made() const { return m_made; }
    /// What is said, as it stands in the dialog.
    QString text() const;
    /// What went wrong, or empty.
    QString saveTo(const QString& file) const;

private:
    void take(Result<Made> made);
    void askForFile();

    const QString m_file;
    std::optional<Made> m_made;
    Background m_work;
    QLabel* m_title;
    QLabel* m_agreement;
    QLabel* m_contents;
    QLabel* m_left_out;
    QLabel* m_note;
    QProgressBar* m_progress;
    QPushButton* m_simulate = nullptr;
    QPushButton* m_save = nullptr;
};

} // namespace orderlab::ui
