#include "ui/window_memory.h"

#include "ui/theme/theme.h"
#include "ui/theme/zoom.h"

#include <QFile>
#include <QFileInfo>
#include <QSettings>
#include <QUrl>

namespace orderlab::ui {

namespace {

const QString theme_key = QStringLiteral("theme");
const QString language_key = QStringLiteral("language");
const QString zoom_key = QStringLiteral("zoom");
const QString reduced_motion_key = QStringLiteral("reducedMotion");
const QString engine_key = QStringLiteral("engine");
const QString brokers_key = QStringLiteral("kafkaBrokers");
const QString recent_key = QStringLiteral("recentFiles");
const QString recording_folder_key = QStringLiteral("recordingFolder");
const QString recording_mib_key = QStringLiteral("recordingMib");
const QString statements_key = QStringLiteral("selects");
const QString columns_key = QStringLiteral("columns/");
const QString order_filters_key = QStringLiteral("orderFilters");
const QString set_aside_key = QStringLiteral("setAside/");
const QString geometry_key = QStringLiteral("geometry");
const QString panels_key = QStringLiteral("panels");
const QString recent_brokers_key = QStringLiteral("recentBrokers");
const QString recent_scenarios_key = QStringLiteral("recentScenarios");
const QString worker_commands_key = QStringLiteral("workerCommands");
const QString system_group = QStringLiteral("system");
const QString status_bar_key = QStringLiteral("statusBar");
const QString layouts_group = QStringLiteral("layouts");

constexpr qint64 settings_bytes_max = 8 << 20; ///< All that is kept is a small part of it.

/// What is remembered, by what a person would forget together.
struct Memory {
    const char* key;
    const char* title;
    const char* about;
    QStringList keys; ///< Of the file; a group ends with a slash.
};

const std::vector<Memory>& memories()
{
    static const std::vector<Memory> all = {
        {"layout",
         QT_TRANSLATE_NOOP("orderlab::ui::WindowMemory", "Size of the window and places of the panels"),
         QT_TRANSLATE_NOOP("orderlab::ui::WindowMemory", "As the window was left last."),
         {geometry_key, panels_key}},
        {"layouts",
         QT_TRANSLATE_NOOP("orderlab::ui::WindowMemory", "Layouts with a name"),
         QT_TRANSLATE_NOOP("orderlab::ui::WindowMemory", "Those of the View menu."),
         {layouts_group + QLatin1Char('/')}},
        {"recent",
         QT_TRANSLATE_NOOP("orderlab::ui::WindowMemory", "Files, brokers and scenarios that were opened"),
         QT_TRANSLATE_NOOP("orderlab::ui::WindowMemory", "Those of File, Open recent. The files themselves stay."),
         {recent_key, recent_brokers_key, recent_scenarios_key, brokers_key}},
        {"selects",
         QT_TRANSLATE_NOOP("orderlab::ui::WindowMemory", "SELECT statements"),
         QT_TRANSLATE_NOOP("orderlab::ui::WindowMemory", "Those that were run in the Database panel."),
         {statements_key}},
        {"workers",
         QT_TRANSLATE_NOOP("orderlab::ui::WindowMemory", "Commands of your own workers"),
         QT_TRANSLATE_NOOP("orderlab::ui::WindowMemory", "Those that were started. The programs themselves stay."),
         {worker_commands_key}},
        {"recording",
         QT_TRANSLATE_NOOP("orderlab::ui::WindowMemory", "Folder and bound of recordings"),
         QT_TRANSLATE_NOOP("orderlab::ui::WindowMemory", "As the last recording was made."),
         {recording_folder_key, recording_mib_key}},
        {"engine",
         QT_TRANSLATE_NOOP("orderlab::ui::WindowMemory", "Engine of the last start"),
         QT_TRANSLATE_NOOP("orderlab::ui::WindowMemory", "Without it the next start asks how to begin."),
         {engine_key}},
    };
    return all;
}

bool isGroup(const QString& key)
{
    return key.endsWith(QLatin1Char('/'));
}

/// A name of any letters as a key.
QString layoutKey(const QString& name)
{
    return layouts_group + QLatin1Char('/') + QString::fromLatin1(QUrl::toPercentEncoding(name));
}

/// What cannot be read is kept for whoever wants to look at it, and does not stand in the way.
void setAside(const QString& key)
{
    QSettings settings;
    settings.setValue(set_aside_key + key, settings.value(key));
    settings.remove(key);
}

} // namespace

QString WindowMemory::file()
{
    return QSettings().fileName();
}

QString WindowMemory::setAsideBroken() const
{
    if (!m_remembers)
        return {};
    const QSettings settings;
    (void)settings.allKeys(); // Sections are read when they are asked for.
    const QString path = settings.fileName();
    const QFileInfo info(path);
    if (!info.exists())
        return {};
    const bool is_readable = info.isFile() && QFile(path).open(QIODevice::ReadOnly);
    if (is_readable && info.size() <= settings_bytes_max && settings.status() != QSettings::FormatError)
        return {};
    const QString aside = path + QStringLiteral(".broken");
    if (info.isFile()) {
        QFile::remove(aside);
        if (QFile::rename(path, aside))
            return tr("The settings file could not be read and was set aside as %1. The window starts with the usual "
                      "settings.")
                .arg(aside);
    }
    return tr("The settings file %1 can neither be read nor be set aside: nothing is remembered.").arg(path);
}

std::vector<WindowMemory::Kept> WindowMemory::kept() const
{
    std::vector<Kept> all;
    const QStringList there = m_remembers ? QSettings().allKeys() : QStringList();
    for (const Memory& memory : memories()) {
        Kept kept{QLatin1String(memory.key), tr(memory.title), tr(memory.about), false};
        for (const QString& key : memory.keys) {
            for (const QString& one : there)
                kept.is_there = kept.is_there || (isGroup(key) ? one.startsWith(key) : one == key);
        }
        all.push_back(std::move(kept));
    }
    return all;
}

void WindowMemory::forget(const QString& key) const
{
    if (!m_remembers)
        return;
    QSettings settings;
    for (const Memory& memory : memories()) {
        if (key != QLatin1String(memory.key))
            continue;
        for (const QString& one : memory.keys)
            settings.remove(isGroup(one) ? one.chopped(1) : one);
    }
}

Language WindowMemory::language() const
{
    const auto kept = m_remembers ? languageOf(QSettings().value(language_key).toString()) : std::nullopt;
    return kept.value_or(Language::System);
}

void WindowMemory::keepLanguage(Language language) const
{
    if (m_remembers)
        QSettings().setValue(language_key, name(language));
}

std::optional<ThemeName> WindowMemory::theme() const
{
    return m_remembers ? themeOf(QSettings().value(theme_key).toString()) : std::nullopt;
}

void WindowMemory::keepTheme(ThemeName theme) const
{
    if (m_remembers)
        QSettings().setValue(theme_key, name(theme));
}

int WindowMemory::zoom() const
{
    bool is_number = false;
    const int percent = m_remembers ? QSettings().value(zoom_key).toInt(&is_number) : 0;
    return is_number && percent >= Zoom::percent_min && percent <= Zoom::percent_max ? percent : 100;
}

void WindowMemory::keepZoom(int percent) const
{
    if (m_remembers)
        QSettings().setValue(zoom_key, percent);
}

bool WindowMemory::isMotionReduced() const
{
    return m_remembers && QSettings().value(reduced_motion_key).toBool();
}

void WindowMemory::keepMotionReduced(bool reduced) const
{
    if (m_remembers)
        QSettings().setValue(reduced_motion_key, reduced);
}

std::optional<Engine::Kind> WindowMemory::engine() const
{
    const QString kept = m_remembers ? QSettings().value(engine_key).toString() : QString();
    if (kept.isEmpty())
        return std::nullopt;
    return kept == QLatin1String("simulated") ? Engine::Kind::Simulated : Engine::Kind::OwnSystem;
}

void WindowMemory::keepEngine(Engine::Kind kind) const
{
    if (m_remembers && (kind == Engine::Kind::Simulated || kind == Engine::Kind::OwnSystem))
        QSettings().setValue(engine_key,
                             kind == Engine::Kind::Simulated ? QStringLiteral("simulated") : QStringLiteral("real"));
}

QString WindowMemory::brokers() const
{
    return m_remembers ? QSettings().value(brokers_key).toString() : QString();
}

void WindowMemory::keepBrokers(const QString& brokers) const
{
    if (!m_remembers)
        return;
    QSettings().setValue(brokers_key, brokers);
    keepFirst(recent_brokers_key, brokers);
}

void WindowMemory::keepFirst(const QString& key, const QString& text) const
{
    QStringList texts = QSettings().value(key).toStringList();
    texts.removeAll(text);
    texts.prepend(text);
    QSettings().setValue(key, texts.mid(0, recent_few_max));
}

QStringList WindowMemory::recentBrokers() const
{
    return m_remembers ? QSettings().value(recent_brokers_key).toStringList().mid(0, recent_few_max) : QStringList();
}

QStringList WindowMemory::recentScenarios() const
{
    return m_remembers ? QSettings().value(recent_scenarios_key).toStringList().mid(0, recent_few_max) : QStringList();
}

void WindowMemory::keepRecentScenario(const QString& name) const
{
    if (m_remembers)
        keepFirst(recent_scenarios_key, name);
}

QStringList WindowMemory::workerCommands() const
{
    return m_remembers ? QSettings().value(worker_commands_key).toStringList().mid(0, recent_few_max) : QStringList();
}

void WindowMemory::keepWorkerCommand(const QString& command) const
{
    if (m_remembers)
        keepFirst(worker_commands_key, command);
}

LabSettings::Values WindowMemory::systemValues() const
{
    LabSettings::Values values;
    if (!m_remembers)
        return values;
    QSettings settings;
    settings.beginGroup(system_group);
    for (const QString& name : settings.childKeys())
        values[name.toStdString()] = settings.value(name).toString().toStdString();
    return values;
}

void WindowMemory::keepSystemValues(const LabSettings::Values& values) const
{
    if (!m_remembers)
        return;
    QSettings settings;
    settings.remove(system_group);
    settings.beginGroup(system_group);
    for (const auto& [name, value] : values)
        settings.setValue(QString::fromStdString(name), QString::fromStdString(value));
}

bool WindowMemory::hasStatusBar() const
{
    return !m_remembers || QSettings().value(status_bar_key, true).toBool();
}

void WindowMemory::keepStatusBar(bool shown) const
{
    if (m_remembers)
        QSettings().setValue(status_bar_key, shown);
}

QStringList WindowMemory::recentFiles() const
{
    return m_remembers ? QSettings().value(recent_key).toStringList().mid(0, recent_files_max) : QStringList();
}

void WindowMemory::keepRecentFile(const QString& file) const
{
    if (!m_remembers)
        return;
    const QString path = QFileInfo(file).absoluteFilePath();
    QStringList files = recentFiles();
    files.removeAll(path);
    files.prepend(path);
    QSettings().setValue(recent_key, files.mid(0, recent_files_max));
}

void WindowMemory::forgetRecentFile(const QString& file) const
{
    if (!m_remembers)
        return;
    QStringList files = recentFiles();
    files.removeAll(QFileInfo(file).absoluteFilePath());
    QSettings().setValue(recent_key, files);
}

void WindowMemory::clearRecentFiles() const
{
    if (!m_remembers)
        return;
    QSettings settings;
    for (const QString& key : {recent_key, recent_brokers_key, recent_scenarios_key})
        settings.remove(key);
}

void WindowMemory::recordingWishes(QString& folder, int& mib) const
{
    if (!m_remembers)
        return;
    const QSettings settings;
    folder = settings.value(recording_folder_key, folder).toString();
    mib = settings.value(recording_mib_key, mib).toInt();
}

void WindowMemory::keepRecordingWishes(const QString& folder, int mib) const
{
    if (!m_remembers)
        return;
    QSettings settings;
    settings.setValue(recording_folder_key, folder);
    settings.setValue(recording_mib_key, mib);
}

QStringList WindowMemory::statements() const
{
    return m_remembers ? QSettings().value(statements_key).toStringList() : QStringList();
}

void WindowMemory::keepStatements(const QStringList& statements) const
{
    if (m_remembers)
        QSettings().setValue(statements_key, statements);
}

std::optional<ColumnLayout> WindowMemory::columns(const QString& table, bool& is_broken) const
{
    is_broken = false;
    const QString text = m_remembers ? QSettings().value(columns_key + table).toString() : QString();
    if (text.isEmpty())
        return std::nullopt;
    const auto layout = ColumnLayout::parse(text);
    is_broken = !layout;
    if (is_broken)
        setAside(columns_key + table);
    return layout;
}

SavedFilters WindowMemory::orderFilters(bool& is_broken) const
{
    is_broken = false;
    const QString text = m_remembers ? QSettings().value(order_filters_key).toString() : QString();
    if (text.isEmpty())
        return {};
    auto filters = SavedFilters::parse(text);
    is_broken = !filters;
    if (is_broken)
        setAside(order_filters_key);
    return filters.value_or(SavedFilters());
}

void WindowMemory::keepOrderFilters(const SavedFilters& filters) const
{
    if (m_remembers)
        QSettings().setValue(order_filters_key, filters.toText());
}

void WindowMemory::keepColumns(const QString& table, const ColumnLayout& layout) const
{
    if (m_remembers)
        QSettings().setValue(columns_key + table, layout.toText());
}

bool WindowMemory::restoreLayout(QMainWindow& window, int version) const
{
    if (!m_remembers)
        return false;
    const QSettings settings;
    const QByteArray geometry = settings.value(geometry_key).toByteArray();
    if (!geometry.isEmpty())
        window.restoreGeometry(geometry);
    return window.restoreState(settings.value(panels_key).toByteArray(), version);
}

void WindowMemory::restorePanels(QMainWindow& window, int version) const
{
    if (m_remembers)
        window.restoreState(QSettings().value(panels_key).toByteArray(), version);
}

void WindowMemory::keepLayout(const QMainWindow& window, const QByteArray& panels) const
{
    if (!m_remembers)
        return;
    QSettings settings;
    settings.setValue(geometry_key, window.saveGeometry());
    settings.setValue(panels_key, panels);
}

QStringList WindowMemory::namedLayouts() const
{
    QStringList names;
    if (!m_remembers)
        return names;
    QSettings settings;
    settings.beginGroup(layouts_group);
    for (const QString& key : settings.childKeys())
        names << QUrl::fromPercentEncoding(key.toLatin1());
    names.sort(Qt::CaseInsensitive);
    return names.mid(0, named_layouts_max);
}

bool WindowMemory::keepNamedLayout(const QString& name, const QByteArray& panels) const
{
    const QStringList there = namedLayouts();
    const bool is_full = there.size() >= named_layouts_max && !there.contains(name);
    if (!m_remembers || name.isEmpty() || name.size() > layout_name_max || is_full)
        return false;
    QSettings().setValue(layoutKey(name), panels);
    return true;
}

QByteArray WindowMemory::namedLayout(const QString& name) const
{
    return m_remembers ? QSettings().value(layoutKey(name)).toByteArray() : QByteArray();
}

void WindowMemory::forgetNamedLayout(const QString& name) const
{
    if (m_remembers)
        QSettings().remove(layoutKey(name));
}

} // namespace orderlab::ui
