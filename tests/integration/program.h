#pragma once
#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>

namespace orderlab {

/// A child process of a test. Killed with the object; every wait is bounded.
class Program {
public:
    struct Ended {
        int code = -1; ///< -1: it did not end in time, or by a signal.
        QByteArray out;
        QByteArray err;
    };

    explicit Program(const QStringList& arguments, const QStringList& environment = {},
                     const QString& program = QStringLiteral(ORDERLAB_BIN_DIR "/orderlabd"));
    ~Program();

    /// Until standard error has a line with `text`; gives that line, or nothing after `limit_ms`.
    QByteArray waitForErrorLine(const QByteArray& text, int limit_ms = 60'000);
    Ended waitForEnd(int limit_ms = 120'000);
    void terminate() { m_process.terminate(); }
    void kill() { m_process.kill(); }
    const QByteArray& errorText() const { return m_err; }

private:
    QProcess m_process;
    QByteArray m_err;
};

/// Starts, waits for the end, gives what it said.
Program::Ended runProgram(const QStringList& arguments, const QStringList& environment = {}, int limit_ms = 120'000);

/// A data directory that the database server's user can enter, removed at the end.
class DataDir {
public:
    DataDir();
    QStringList storeOptions() const;
    /// What psql answers, without headers; the server has to run.
    QByteArray psql(const QString& sql) const;
    QString path() const { return m_dir.path(); }

private:
    QTemporaryDir m_dir;
};

} // namespace orderlab
