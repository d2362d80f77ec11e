#include "ui/window_memory.h"

#include "ui/theme/theme.h"

#include <QFileInfo>
#include <QSettings>

namespace orderlab::ui {

namespace {

const QString theme_key = QStringLiteral("theme");
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

/// What cannot be read is kept for whoever wants to look at it, and does not stand in the way.
void setAside(const QString& key)
{
    QSettings settings;
    settings.setValue(set_aside_key + key, settings.value(key));
    settings.remove(key);
}

} // namespace

std::optional<ThemeName> WindowMemory::theme() const
{
    return m_remembers ? themeOf(QSettings().value(theme_key).toString()) : std::nullopt;
}

void WindowMemory::keepTheme(ThemeName theme) const
{
    if (m_remembers)
        QSettings().setValue(theme_key, name(theme));
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
    if (m_remembers)
        QSettings().setValue(brokers_key, brokers);
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
    if (m_remembers)
        QSettings().remove(recent_key);
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

void WindowMemory::keepLayout(const QMainWindow& window, int version) const
{
    if (!m_remembers)
        return;
    QSettings settings;
    settings.setValue(geometry_key, window.saveGeometry());
    settings.setValue(panels_key, window.saveState(version));
}

} // namespace orderlab::ui
