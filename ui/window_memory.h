#pragma once
#include "ui/bridge/lab_bridge.h"
#include "ui/theme/palette.h"

#include <QMainWindow>

#include <optional>

namespace orderlab::ui {

/// What the window remembers between runs, in QSettings. Where it is told to remember nothing, it knows nothing. GUI
/// thread.
class WindowMemory {
public:
    explicit WindowMemory(bool remembers) : m_remembers(remembers) {}

    /// Nothing: none is remembered, or there is no such theme any more.
    std::optional<ThemeName> theme() const;
    void keepTheme(ThemeName theme) const;
    /// The engine used last; nothing: this is the first start.
    std::optional<Engine::Kind> engine() const;
    void keepEngine(Engine::Kind kind) const;
    /// The brokers used last; empty: none.
    QString brokers() const;
    void keepBrokers(const QString& brokers) const;
    /// Sizes and places. `version`: of the layout; one of another version is not taken. Whether there was one.
    bool restoreLayout(QMainWindow& window, int version) const;
    void keepLayout(const QMainWindow& window, int version) const;

private:
    bool m_remembers;
};

} // namespace orderlab::ui
