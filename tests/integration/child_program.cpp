#include "child_program.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QThread>

#include <csignal>
#include <memory>

#include <arpa/inet.h>
#include <libpq-fe.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace orderlab::test {

QByteArray Ended::describe() const
{
    return "exit code " + QByteArray::number(exit_code) + "\n-- out --\n" + out.right(4'000) + "\n-- err --\n"
           + err.right(4'000);
}

QList<QByteArray> Ended::errLines() const
{
    QList<QByteArray> lines = err.split('\n');
    lines.removeAll(QByteArray());
    return lines;
}

ChildProgram::ChildProgram(QStringList arguments, std::map<QString, QString> environment, QString program)
{
    QProcessEnvironment clean = QProcessEnvironment::systemEnvironment();
    for (const QString& name : clean.keys()) {
        if (name.startsWith(QLatin1String("ORDERLAB_")) || name.startsWith(QLatin1String("PG")))
            clean.remove(name);
    }
    for (const auto& [name, value] : environment)
        clean.insert(name, value);
    m_process.setProcessEnvironment(clean);
    m_process.setChildProcessModifier([] {
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        ::signal(SIGHUP, SIG_DFL); // Whoever runs the tests may ignore it.
        ::setsid();                // As a service has: no terminal.
    });
    m_process.start(program, arguments);
    m_process.waitForStarted(10'000);
}

ChildProgram::~ChildProgram()
{
    if (!isRunning())
        return;
    m_process.terminate();
    if (!m_process.waitForFinished(30'000)) {
        m_process.kill();
        m_process.waitForFinished(10'000);
    }
}

QByteArray ChildProgram::err()
{
    m_err += m_process.readAllStandardError();
    return m_err;
}

bool ChildProgram::waitForError(const QByteArray& text, int seconds)
{
    return waitForMatch(QRegularExpression(QRegularExpression::escape(QString::fromUtf8(text))), seconds).hasMatch();
}

QRegularExpressionMatch ChildProgram::waitForMatch(const QRegularExpression& expression, int seconds)
{
    QElapsedTimer clock;
    clock.start();
    for (;;) {
        const bool has_ended = !isRunning(); // Asked first: what it has said by then is read below.
        QRegularExpressionMatch match = expression.match(QString::fromUtf8(err()));
        if (match.hasMatch() || has_ended || clock.elapsed() > seconds * 1000)
            return match;
        m_process.waitForReadyRead(50);
    }
}

int ChildProgram::waitForPort(int seconds)
{
    static const QRegularExpression ready(QStringLiteral("ready: .*https?://127\\.0\\.0\\.1:(\\d+)[\"\n]"));
    return waitForMatch(ready, seconds).captured(1).toInt(); // 0: there is no match.
}

void ChildProgram::writeSome(const QByteArray& input)
{
    m_process.write(input);
    while (m_process.bytesToWrite() > 0 && m_process.waitForBytesWritten(10'000)) {
    }
}

void ChildProgram::write(const QByteArray& input)
{
    m_process.write(input);
    m_process.closeWriteChannel();
}

void ChildProgram::signal(int number)
{
    if (pid() > 0)
        ::kill(pid_t(pid()), number);
}

Ended ChildProgram::finish(int seconds)
{
    Ended ended;
    const bool in_time = !isRunning() || m_process.waitForFinished(seconds * 1000);
    if (!in_time) {
        m_process.kill();
        m_process.waitForFinished(10'000);
    } else if (m_process.exitStatus() == QProcess::NormalExit) {
        ended.exit_code = m_process.exitCode();
    }
    ended.out = m_process.readAllStandardOutput();
    ended.err = err() + (in_time ? "" : "\n(it had to be killed after " + QByteArray::number(seconds) + " s)");
    return ended;
}

Ended ChildProgram::terminate(int seconds)
{
    signal(SIGTERM);
    return finish(seconds);
}

Ended runProgram(QStringList arguments, int seconds, std::map<QString, QString> environment)
{
    ChildProgram program(std::move(arguments), std::move(environment));
    return program.finish(seconds);
}

Ended runDesktop(QStringList arguments, std::map<QString, QString> environment)
{
    ChildProgram program(std::move(arguments), std::move(environment), QString::fromUtf8(desktop_program));
    return program.finish(patience_ms / 1'000);
}

QStringList DataDir::store() const
{
    return {QStringLiteral("--store"), QStringLiteral("postgres"),   QStringLiteral("--postgres"),
            QStringLiteral("private"), QStringLiteral("--data-dir"), path()};
}

namespace {

constexpr int query_limit_s = 30; ///< For the connection, and for each part of the answer.

/// As `psql -At` prints it: a line for each row or command. Tests ask several times a second, which as a program of its
/// own would take a fifth of a processor.
QByteArray printed(const PGresult* result)
{
    if (PQresultStatus(result) == PGRES_COMMAND_OK)
        return PQcmdStatus(const_cast<PGresult*>(result)) + QByteArray(1, '\n');
    QByteArray lines;
    for (int row = 0; row < PQntuples(result); ++row) {
        for (int column = 0; column < PQnfields(result); ++column)
            lines += (column > 0 ? "|" : "") + QByteArray(PQgetvalue(result, row, column));
        lines += '\n';
    }
    return lines;
}

QByteArray resultOf(const QByteArray& url, const QByteArray& sql)
{
    const QByteArray limit = QByteArray::number(query_limit_s);
    const char* const names[] = {"dbname", "connect_timeout", nullptr};
    const char* const values[] = {url.constData(), limit.constData(), nullptr};
    const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdbParams(names, values, 1), &PQfinish);
    const auto complaint = [&] { return "SQL: " + QByteArray(PQerrorMessage(connection.get())); };
    if (PQstatus(connection.get()) != CONNECTION_OK || PQsendQuery(connection.get(), sql.constData()) == 0)
        return complaint();
    PQsetNoticeProcessor(
        connection.get(), [](void*, const char*) {}, nullptr);
    QByteArray lines;
    for (;;) {
        while (PQisBusy(connection.get()) != 0) {
            pollfd answer{PQsocket(connection.get()), POLLIN, 0};
            if (::poll(&answer, 1, query_limit_s * 1'000) == 0)
                return "SQL: no answer within " + limit + " s";
            if (PQconsumeInput(connection.get()) == 0)
                return complaint();
        }
        const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQgetResult(connection.get()), &PQclear);
        if (!result)
            return lines.trimmed();
        if (PQresultStatus(result.get()) != PGRES_TUPLES_OK && PQresultStatus(result.get()) != PGRES_COMMAND_OK)
            return complaint();
        lines += printed(result.get());
    }
}

} // namespace

QByteArray DataDir::query(const QString& sql) const
{
    if (m_url.isEmpty()) {
        const Ended url =
            runProgram(QStringList{QStringLiteral("config"), QStringLiteral("--print-postgres-url")} + store());
        if (url.exit_code != 0)
            return url.describe();
        m_url = QString::fromUtf8(url.out.trimmed());
    }
    return resultOf(m_url.toUtf8(), sql.toUtf8());
}

bool DataDir::becomes(const QString& sql, const QByteArray& expected, int seconds) const
{
    QElapsedTimer clock;
    clock.start();
    while (query(sql) != expected) {
        if (clock.elapsed() > seconds * 1000)
            return false;
        QThread::msleep(100);
    }
    return true;
}

QList<int> DataDir::postgresProcesses() const
{
    QList<int> found;
    const QString cluster = QFileInfo(path()).canonicalFilePath() + QStringLiteral("/postgres");
    for (const QString& name : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        const int pid = name.toInt();
        if (pid > 1 && QFile::symLinkTarget(QStringLiteral("/proc/%1/cwd").arg(pid)) == cluster)
            found.append(pid);
    }
    return found;
}

QByteArrayList DataDir::processes() const
{
    QByteArrayList found;
    for (const QString& name : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        QFile file(QStringLiteral("/proc/%1/cmdline").arg(name));
        if (name.toInt() < 2 || !file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray line = file.readAll().replace('\0', ' ');
        if (line.contains(path().toUtf8() + '/'))
            found.append(name.toUtf8() + ' ' + line);
    }
    return found;
}

DataDir::~DataDir()
{
    for (int i = 0; i < 50 && !postgresProcesses().isEmpty(); ++i) {
        for (const int pid : postgresProcesses())
            ::kill(pid, i < 40 ? SIGQUIT : SIGKILL);
        QThread::msleep(100);
    }
}

std::string orderJson(const std::string& user, const std::string& amount)
{
    return R"({"user_id":")" + user + R"(","amount":")" + amount + R"("})";
}

QByteArray memberOf(const QByteArray& json, const QByteArray& name)
{
    return QJsonDocument::fromJson(json).object().value(QLatin1String(name)).toString().toUtf8();
}

QByteArray orderFile(int count, const char* customer)
{
    QByteArray text = "user_id,amount,currency,created_at\n";
    for (int i = 0; i < count; ++i)
        text += QByteArray(customer) + '-' + QByteArray::number(i) + ",10.00,EUR,2020-01-01T00:00:00Z\n";
    return text;
}

int freePort()
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    const bool bound = ::bind(descriptor, any, size) == 0 && ::getsockname(descriptor, any, &size) == 0;
    ::close(descriptor);
    return bound ? ntohs(address.sin_port) : 0;
}

} // namespace orderlab::test
