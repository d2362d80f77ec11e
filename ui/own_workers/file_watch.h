#pragma once
#include <QDateTime>
#include <QFileSystemWatcher>
#include <QHash>
#include <QTimer>

namespace orderlab::ui {

/// Tells when files were changed, also where an editor has put another file in their place. While a file is missing or
/// still grows it is waited for. GUI thread.
class FileWatch final : public QObject {
    Q_OBJECT
public:
    explicit FileWatch(QObject* parent);

    /// Instead of those before; by their absolute paths.
    void setFiles(const QStringList& files);
    QStringList files() const { return m_known.keys(); }

Q_SIGNALS:
    /// Once for changes of several files that come together.
    void changed(const QStringList& files);

private:
    /// What tells one state of a file from another.
    struct Look {
        QDateTime at;
        qint64 bytes = -1; ///< -1: there is none.
        bool operator==(const Look&) const = default;
    };
    static Look lookAt(const QString& file);
    void look();
    void watchAgain();

    QFileSystemWatcher m_watcher;
    QHash<QString, Look> m_known; ///< As it was told last.
    QHash<QString, Look> m_seen;  ///< By the last look.
    QTimer m_again;
};

} // namespace orderlab::ui
