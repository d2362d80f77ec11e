#pragma once
#include "lab/lab_settings.h"
#include "ui/settings/setting.h"
#include "ui/window_memory.h"

#include <QObject>
#include <QStringList>

#include <memory>
#include <vector>

namespace orderlab::ui {

class MainWindow;

/// The one list of all settings, and what setting them does: those of the window, of the real system (as its options
/// list them), and what is remembered. GUI thread.
class WindowSettings final : public QObject {
    Q_OBJECT
public:
    /// `system`: null: the real system has no settings here. All outlive it.
    WindowSettings(MainWindow& window, const WindowMemory& memory, std::shared_ptr<const LabSettings> system);

    /// In the order in which they are shown.
    std::vector<Setting> all();
    /// The real system is started now, with what is set.
    void noteStart();
    /// Settings of the real system, by name, that wait until it is started again. None while it does not run.
    QStringList waiting() const;

Q_SIGNALS:
    /// One was set.
    void changed();

private:
    void addAppearance(std::vector<Setting>& all);
    void addSystem(std::vector<Setting>& all);
    void addMemories(std::vector<Setting>& all);
    QString setSystem(const std::string& name, const QString& value);

    MainWindow& m_window;
    const WindowMemory& m_memory;
    const std::shared_ptr<const LabSettings> m_system;
    LabSettings::Values m_values;  ///< Of the real system, by its settings' names.
    LabSettings::Values m_started; ///< As it was started.
};

} // namespace orderlab::ui
