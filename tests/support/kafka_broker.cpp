#include "support/kafka_broker.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QProcess>

namespace orderlab::test {
namespace {

const QString script = QStringLiteral(ORDERLAB_SOURCE_DIR "/packaging/kafka/kafka");
constexpr int start_within_s = 480; // Three nodes, of which the script waits 120 s for each.
constexpr int command_within_s = 90;

KafkaBroker::Outcome runToEnd(const QString& program, const QStringList& arguments, int seconds,
                              const QByteArray& input = {})
{
    QProcess process;
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    KafkaBroker::Outcome outcome;
    if (!process.waitForFinished(seconds * 1000)) {
        outcome.err = process.errorString().toUtf8() + ": " + program.toUtf8() + ' '
                      + arguments.join(QLatin1Char(' ')).toUtf8() + '\n';
        process.kill();
        process.waitForFinished(10'000);
    } else if (process.exitStatus() == QProcess::NormalExit) {
        outcome.exit_code = process.exitCode();
    }
    outcome.out = process.readAllStandardOutput();
    outcome.err += process.readAllStandardError();
    return outcome;
}

} // namespace

QByteArray KafkaBroker::Outcome::describe() const
{
    return "exit code " + QByteArray::number(exit_code) + "\n-- out --\n" + out.right(4'000) + "\n-- err --\n"
           + err.right(4'000);
}

KafkaBroker KafkaBroker::shared()
{
    const QString dir = qEnvironmentVariable("ORDERLAB_TEST_KAFKA_DIR");
    return dir.isEmpty() ? KafkaBroker(1) : KafkaBroker(dir);
}

KafkaBroker::KafkaBroker(QString shared_dir) : m_dir(std::move(shared_dir))
{
    readAddress();
}

KafkaBroker::KafkaBroker(int nodes)
    : m_scratch(std::make_unique<ScratchFolder>()),
      m_dir(QString::fromStdString((m_scratch->path() / "kafka").string()))
{
    const Outcome started = runToEnd(script,
                                     {QStringLiteral("start"), QStringLiteral("--dir"), m_dir, QStringLiteral("--port"),
                                      QStringLiteral("0"), QStringLiteral("--short-lived"), QStringLiteral("--brokers"),
                                      QString::number(nodes), QStringLiteral("--owner"),
                                      QString::number(QCoreApplication::applicationPid())},
                                     start_within_s);
    if (started)
        readAddress();
    else
        m_problem = started.describe();
}

KafkaBroker::~KafkaBroker()
{
    if (m_scratch)
        command("wipe", 0);
}

void KafkaBroker::readAddress()
{
    const Outcome address = command("address", 0);
    if (!address)
        m_problem = address.describe();
    m_bootstrap = address.out.trimmed().toStdString();
}

KafkaBroker::Outcome KafkaBroker::command(const char* name, int node)
{
    QStringList arguments{QString::fromLatin1(name), QStringLiteral("--dir"), m_dir};
    if (node != 0)
        arguments << QStringLiteral("--node") << QString::number(node);
    return runToEnd(script, arguments, command_within_s);
}

KafkaBroker::Outcome KafkaBroker::stop(int node)
{
    return command("stop", node);
}

KafkaBroker::Outcome KafkaBroker::kill(int node)
{
    return command("kill", node);
}

KafkaBroker::Outcome KafkaBroker::start(int node)
{
    return command("start", node);
}

KafkaBroker::Outcome KafkaBroker::restart(int node)
{
    return command("restart", node);
}

KafkaBroker::Outcome KafkaBroker::tool(const QString& name, QStringList arguments, int seconds) const
{
    arguments = QStringList{QStringLiteral("tool"), name, QStringLiteral("--bootstrap-server"),
                            QString::fromStdString(m_bootstrap)}
                + arguments;
    return runToEnd(script, arguments, seconds);
}

KafkaBroker::Outcome KafkaBroker::kcat(QStringList arguments, const QByteArray& input, int seconds) const
{
    return runToEnd(QStringLiteral("kcat"),
                    QStringList{QStringLiteral("-b"), QString::fromStdString(m_bootstrap)} + arguments, seconds, input);
}

std::string KafkaBroker::freshPrefix()
{
    static int made = 0;
    return "test-" + std::to_string(QDateTime::currentMSecsSinceEpoch()) + '-'
           + std::to_string(QCoreApplication::applicationPid()) + '-' + std::to_string(++made) + '.';
}

} // namespace orderlab::test
