#pragma once
#include "simulation/worlds.h"
#include "ui/panels/panel.h"
#include "ui/worlds/background.h"

class QLabel;
class QPushButton;
class QSpinBox;
class QTreeWidget;
class QVBoxLayout;

namespace orderlab::ui {

/// The shown world with many seeds: a line each, those that break a promise first, by when they do. Choosing one is to
/// be in it. GUI thread.
class SeedsPanel final : public Panel {
    Q_OBJECT
public:
    static constexpr int seeds_usual = 200, seeds_max = 10'000;

    explicit SeedsPanel(LabBridge& bridge, QWidget* parent = nullptr);
    ~SeedsPanel() override;

    void run();
    bool isRunning() const { return m_work.isRunning(); }

private:
    void makeBar(QWidget* body, QVBoxLayout* column);
    void showWorlds(const std::vector<WorldOutcome>& worlds);
    void showState();

    LabBridge& m_bridge;
    Background m_work;
    QSpinBox* m_count = nullptr;
    QPushButton* m_run = nullptr;
    QLabel* m_state = nullptr;
    QTreeWidget* m_table = nullptr;
};

} // namespace orderlab::ui
