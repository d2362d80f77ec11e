#pragma once
#include "ui/bridge/lab_bridge.h"
#include "ui/models/column_layout.h"
#include "ui/models/saved_filters.h"
#include "ui/theme/palette.h"

#include <QMainWindow>
#include <QStringList>

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
    /// Journal and scenario files that were opened or recorded, the latest first; at most recent_files_max.
    static constexpr qsizetype recent_files_max = 10; ///< A menu that is read at a glance.
    QStringList recentFiles() const;
    /// To the front; by its absolute path.
    void keepRecentFile(const QString& file) const;
    void forgetRecentFile(const QString& file) const;
    void clearRecentFiles() const;
    /// Where the last recording went, and how large it was allowed to become; what is not remembered stays as it is.
    void recordingWishes(QString& folder, int& mib) const;
    void keepRecordingWishes(const QString& folder, int mib) const;
    /// SELECT statements, the latest first.
    QStringList statements() const;
    void keepStatements(const QStringList& statements) const;
    /// How a table's columns were left. `is_broken`: what was remembered cannot be read, and is set aside.
    std::optional<ColumnLayout> columns(const QString& table, bool& is_broken) const;
    void keepColumns(const QString& table, const ColumnLayout& layout) const;
    /// Filters of orders that were named. `is_broken` as above.
    SavedFilters orderFilters(bool& is_broken) const;
    void keepOrderFilters(const SavedFilters& filters) const;
    /// Sizes and places. `version`: of the layout; one of another version is not taken. Whether there was one.
    bool restoreLayout(QMainWindow& window, int version) const;
    /// Once the window has its size: until then the panels share another one.
    void restorePanels(QMainWindow& window, int version) const;
    void keepLayout(const QMainWindow& window, int version) const;

private:
    bool m_remembers;
};

} // namespace orderlab::ui
