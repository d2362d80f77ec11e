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

class FramePump;
class Worlds;

/// Asks what is to be different from the moment shown on, and makes a second world of it. GUI thread.
class ForkDialog final : public QDialog {
    Q_OBJECT
public:
    ForkDialog(Worlds& worlds, const FramePump& frames, QWidget* parent);

private:
    void makeGuarantees(QFormLayout* form);
    void makeOthers(QFormLayout* form);
    /// The next deliveries, one of which may go otherwise.
    void makeDeliveries(QFormLayout* form);
    /// What was chosen; nothing and a sentence in `problem` where it cannot be read.
    std::vector<Change::Setting> chosen(QString& problem) const;
    void refresh();
    void fork();

    struct Delivery {
        std::string group; ///< Without prefix.
        Uuid event;
    };

    Worlds& m_worlds;
    const FramePump& m_frames;
    std::vector<Delivery> m_deliveries; ///< As the box lists them, after "none".
    std::vector<std::pair<Guarantee, QCheckBox*>> m_guarantees;
    QComboBox* m_delivery = nullptr;
    QComboBox* m_fate = nullptr; ///< Of that delivery.
    QComboBox* m_crash = nullptr;
    QCheckBox* m_reseed = nullptr;
    QCheckBox* m_stop_faults = nullptr;
    QLineEdit* m_more = nullptr;
    QLineEdit* m_name = nullptr;
    QLabel* m_problem = nullptr;
    QPushButton* m_ok = nullptr;
};

} // namespace orderlab::ui
