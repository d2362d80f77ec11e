#pragma once
#include "lab/lab_settings.h"
#include "ui/bridge/lab_bridge.h"
#include "ui/models/column_layout.h"
#include "ui/models/saved_filters.h"
#include "ui/theme/language.h"
#include "ui/theme/palette.h"

#include <QCoreApplication>
#include <QMainWindow>
#include <QStringList>

#include <optional>

namespace orderlab::ui {

/// What the window remembers between runs, in QSettings. Where it is told to remember nothing, it knows nothing. GUI
/// thread.
class WindowMemory {
    Q_DECLARE_TR_FUNCTIONS(orderlab::ui::WindowMemory)
public:
    explicit WindowMemory(bool remembers) : m_remembers(remembers) {}

    /// A settings file that cannot be read is renamed to FILE.broken, so that nothing of it is lost and the window
    /// starts with what is usual. A sentence for a person; empty: there was nothing wrong. Before anything else reads
    /// it: QSettings tells the first one only.
    QString setAsideBroken() const;
    bool remembers() const { return m_remembers; }
    /// Where it is kept.
    static QString file();

    /// What is remembered, in the words of a person.
    struct Kept {
        QString key;
        QString title;
        QString about;
        bool is_there = false; ///< Something is remembered.
    };
    std::vector<Kept> kept() const;
    /// Of what kept() lists; for good.
    void forget(const QString& key) const;

    /// Nothing: none is remembered, or there is no such theme any more.
    std::optional<ThemeName> theme() const;
    void keepTheme(ThemeName theme) const;
    /// Of the next start; System where none was chosen.
    Language language() const;
    void keepLanguage(Language language) const;
    /// In per cent; 100 where none is remembered, or none that can be.
    int zoom() const;
    void keepZoom(int percent) const;
    bool isMotionReduced() const;
    void keepMotionReduced(bool reduced) const;
    /// The engine used last; nothing: this is the first start.
    std::optional<Engine::Kind> engine() const;
    void keepEngine(Engine::Kind kind) const;
    /// The brokers used last; empty: none.
    QString brokers() const;
    void keepBrokers(const QString& brokers) const;
    /// Brokers and shipped scenarios that were used, the latest first; at most recent_few_max of each.
    static constexpr qsizetype recent_few_max = 5;
    QStringList recentBrokers() const;
    QStringList recentScenarios() const;
    void keepRecentScenario(const QString& name) const;
    /// What the window sets of the real system, for the next start.
    LabSettings::Values systemValues() const;
    void keepSystemValues(const LabSettings::Values& values) const;
    /// Commands of own workers that were started; never started by themselves.
    QStringList workerCommands() const;
    void keepWorkerCommand(const QString& command) const;
    bool hasStatusBar() const;
    void keepStatusBar(bool shown) const;
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
    /// `panels`: as saveState() tells it.
    void keepLayout(const QMainWindow& window, const QByteArray& panels) const;
    /// Layouts with a name that a person gave, in the order of the alphabet; at most named_layouts_max.
    static constexpr qsizetype named_layouts_max = 20;
    static constexpr qsizetype layout_name_max = 40; ///< Letters.
    QStringList namedLayouts() const;
    /// Replaces one of the same name. False: there are too many, or the name is none.
    bool keepNamedLayout(const QString& name, const QByteArray& panels) const;
    QByteArray namedLayout(const QString& name) const;
    void forgetNamedLayout(const QString& name) const;

private:
    void keepFirst(const QString& key, const QString& text) const;

    bool m_remembers;
};

} // namespace orderlab::ui
