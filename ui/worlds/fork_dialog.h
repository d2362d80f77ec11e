#pragma once
#include "simulation/change.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace orderlab::ui {

class Worlds;

/// Asks what is to be different from the moment shown on, and makes a second world of it. GUI thread.
class ForkDialog final : public QDialog {
    Q_OBJECT
public:
    ForkDialog(Worlds& worlds, QWidget* parent);

private:
    void makeGuarantees(QFormLayout* form);
    void makeOthers(QFormLayout* form);
    /// What was chosen; nothing and a sentence in `problem` where it cannot be read.
    std::vector<Change::Setting> chosen(QString& problem) const;
    void refresh();
    void fork();

    Worlds& m_worlds;
    std::vector<std::pair<Guarantee, QCheckBox*>> m_guarantees;
    QComboBox* m_crash = nullptr;
    QCheckBox* m_reseed = nullptr;
    QCheckBox* m_stop_faults = nullptr;
    QLineEdit* m_more = nullptr;
    QLineEdit* m_name = nullptr;
    QLabel* m_problem = nullptr;
    QPushButton* m_ok = nullptr;
};

} // namespace orderlab::ui
