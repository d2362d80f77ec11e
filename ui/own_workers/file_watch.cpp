#include "ui/own_workers/file_watch.h"

#include <QFileInfo>

namespace orderlab::ui {

namespace {
constexpr int look_again_ms = 60; ///< A file that is the same in two looks is written.
} // namespace

FileWatch::FileWatch(QObject* parent) : QObject(parent)
{
    m_again.setSingleShot(true);
    m_again.setInterval(look_again_ms);
    connect(&m_again, &QTimer::timeout, this, &FileWatch::look);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, [this] { m_again.start(); });
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, [this] { m_again.start(); });
}

FileWatch::Look FileWatch::lookAt(const QString& file)
{
    const QFileInfo info(file);
    return info.isFile() ? Look{info.lastModified(), info.size()} : Look{};
}

void FileWatch::setFiles(const QStringList& files)
{
    m_again.stop();
    if (const QStringList watched = m_watcher.files() + m_watcher.directories(); !watched.isEmpty())
        m_watcher.removePaths(watched);
    m_known.clear();
    for (const QString& file : files)
        m_known.insert(file, lookAt(file));
    m_seen = m_known;
    watchAgain();
}

/// A file that was replaced is another one for the watcher; its folder tells.
void FileWatch::watchAgain()
{
    for (auto one = m_known.keyBegin(); one != m_known.keyEnd(); ++one) {
        const QString folder = QFileInfo(*one).absolutePath();
        if (!m_watcher.directories().contains(folder))
            m_watcher.addPath(folder);
        if (!m_watcher.files().contains(*one) && QFileInfo(*one).isFile())
            m_watcher.addPath(*one);
    }
}

void FileWatch::look()
{
    QStringList changed_files;
    bool is_moving = false;
    for (auto known = m_known.begin(); known != m_known.end(); ++known) {
        const Look now = lookAt(known.key());
        const bool is_settled = m_seen.value(known.key()) == now;
        m_seen[known.key()] = now;
        if (now == known.value() || now.bytes < 0)
            continue; // As before, or missing: its folder tells when it is there again.
        if (!is_settled) {
            is_moving = true;
            continue;
        }
        known.value() = now;
        changed_files << known.key();
    }
    watchAgain();
    if (is_moving)
        m_again.start();
    if (!changed_files.isEmpty())
        Q_EMIT changed(changed_files);
}

} // namespace orderlab::ui
