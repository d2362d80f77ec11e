#pragma once
#include "support/scratch_folder.h"

#include <QProcess>
#include <QProcessEnvironment>
#include <QRegularExpression>

#include <map>

namespace orderlab::test {

/// What a program that has ended left behind.
struct Ended {
    int exit_code = -1; ///< -1: it did not end by itself (a signal, or it was ended for taking too long).
    QByteArray out;
    QByteArray err;
    /// For failure messages.
    QByteArray describe() const;
    QList<QByteArray> errLines() const;
};

/// A child process, by default the real orderlabd, started without any ORDERLAB_* variable of our own environment.
/// Ended with this object at the latest, and with this process however that ends.
class ChildProgram {
public:
    explicit ChildProgram(QStringList arguments, std::map<QString, QString> environment = {},
                          QString program = QStringLiteral(ORDERLAB_BIN_DIR "/orderlabd"));
    ~ChildProgram();
    ChildProgram(const ChildProgram&) = delete;
    ChildProgram& operator=(const ChildProgram&) = delete;

    /// Whether standard error holds `text` within the limit; false at once when the program ends without.
    bool waitForError(const QByteArray& text, int seconds);
    /// The first match in standard error within the limit; none at once when the program ends without. What is to be
    /// read whole needs what follows it in the expression: a program may write a line in pieces.
    QRegularExpressionMatch waitForMatch(const QRegularExpression& expression, int seconds);
    /// Waits for the line "ready: …", as text or as JSON, and returns the port of the HTTP API in it; 0 when there is
    /// none in time.
    int waitForPort(int seconds = 90);
    void write(const QByteArray& input);     ///< To standard input, which is closed then.
    void writeSome(const QByteArray& input); ///< To standard input, which stays open.
    void signal(int number);
    Ended finish(int seconds);
    /// SIGTERM, then the end.
    Ended terminate(int seconds = 45);
    bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    qint64 pid() const { return m_process.processId(); }
    /// All of standard error until now.
    QByteArray err();

private:
    QProcess m_process;
    QByteArray m_err;
};

/// Runs orderlabd to its end.
Ended runProgram(QStringList arguments, int seconds = 60, std::map<QString, QString> environment = {});

/// The program with the window.
constexpr const char* desktop_program = ORDERLAB_BIN_DIR "/orderlab";
/// Runs it to its end.
Ended runDesktop(QStringList arguments, std::map<QString, QString> environment = {});

/// A data directory for a private PostgreSQL, with a server started by hand for looking into it.
class DataDir {
public:
    ~DataDir(); ///< Ends servers that a test has left there.
    QString path() const { return QString::fromStdString((m_folder.path() / "data").string()); }
    QString file(const char* name) const { return QString::fromStdString((m_folder.path() / name).string()); }
    /// The options for a store here.
    QStringList store() const;
    /// What `psql -Atc` would print for a statement, or a complaint. The server has to run.
    QByteArray query(const QString& sql) const;
    /// Whether the statement gives `expected` within the limit.
    bool becomes(const QString& sql, const QByteArray& expected, int seconds = 60) const;
    /// The processes of the server of this directory.
    QList<int> postgresProcesses() const;
    /// The command lines of all processes that name this directory: initdb too.
    QByteArrayList processes() const;

private:
    ScratchFolder m_folder;
    mutable QString m_url; ///< As the program says it; empty until it was asked.
};

/// The JSON of an order to POST.
std::string orderJson(const std::string& user, const std::string& amount = "19.99");
/// The value of a string member in a flat JSON object; empty when it is not there.
QByteArray memberOf(const QByteArray& json, const QByteArray& name);
/// `count` distinct orders, each of a customer of its own.
QByteArray orderFile(int count, const char* customer = "customer");
/// A port of 127.0.0.1 that nobody listens on just now.
int freePort();

} // namespace orderlab::test
