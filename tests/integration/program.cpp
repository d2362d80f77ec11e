#include "integration/program.h"

#include <QElapsedTimer>
#include <QFile>

namespace orderlab {

Program::Program(const QStringList& arguments, const QStringList& environment, const QString& program)
{
    QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
    for (const QString& name : variables.keys()) {
        if (name.startsWith(QLatin1String("ORDERLAB_")))
            variables.remove(name);
    }
    for (const QString& setting : environment)
        variables.insert(setting.section(QLatin1Char('='), 0, 0), setting.section(QLatin1Char('='), 1));
    m_process.setProcessEnvironment(variables);
    m_process.start(program, arguments);
    m_process.waitForStarted(10'000);
}

Program::~Program()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate(); // So that it ends its database server.
    if (!m_process.waitForFinished(20'000))
        m_process.kill();
    m_process.waitForFinished(5'000);
}

QByteArray Program::waitForErrorLine(const QByteArray& text, int limit_ms)
{
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < limit_ms) {
        for (const QByteArray& line : m_err.split('\n')) {
            if (line.contains(text))
                return line;
        }
        if (m_process.state() == QProcess::NotRunning)
            return {};
        m_process.setReadChannel(QProcess::StandardError);
        m_process.waitForReadyRead(100);
        m_err += m_process.readAllStandardError();
    }
    return {};
}

Program::Ended Program::waitForEnd(int limit_ms)
{
    Ended ended;
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(limit_ms))
        return ended;
    ended.out = m_process.readAllStandardOutput();
    m_err += m_process.readAllStandardError();
    ended.err = m_err;
    ended.code = m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
    return ended;
}

Program::Ended runProgram(const QStringList& arguments, const QStringList& environment, int limit_ms)
{
    Program program(arguments, environment);
    return program.waitForEnd(limit_ms);
}

DataDir::DataDir() : m_dir(QStringLiteral("/tmp/orderlabd-test-XXXXXX"))
{
    QFile::setPermissions(m_dir.path(), QFile::permissions(m_dir.path()) | QFile::ExeGroup | QFile::ExeOther);
}

QStringList DataDir::storeOptions() const
{
    return {QStringLiteral("--store"), QStringLiteral("postgres"), QStringLiteral("--data-dir"), m_dir.path()};
}

QByteArray DataDir::psql(const QString& sql) const
{
    const auto url = runProgram(QStringList{QStringLiteral("config"), QStringLiteral("--print-postgres-url")}
                                + storeOptions());
    Program psql({QString::fromUtf8(url.out.trimmed()), QStringLiteral("-Atc"), sql}, {}, QStringLiteral("psql"));
    const auto answered = psql.waitForEnd(30'000);
    return answered.code == 0 ? answered.out.trimmed() : "psql: " + answered.err;
}

} // namespace orderlab
