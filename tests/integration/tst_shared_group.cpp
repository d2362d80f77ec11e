#include "runtime/real_runtime.h"
#include "support/kafka_broker.h"
#include "support/test_program.h"
#include "test_database.h"

#include <QFile>

#include <csignal>

using namespace orderlab;
using namespace orderlab::test;

/// Two servers with one Kafka and one PostgreSQL: what one does, the other's journal does not tell.
class TestSharedGroup : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY2(findPostgresBinaries(), "PostgreSQL's server binaries are not installed");
        QVERIFY2(m_broker.problem().isEmpty(), m_broker.problem());
        QVERIFY2(m_database.problem().isEmpty(), m_database.problem());
    }
    void processThatSlept_reportsNoBrokenPromise();

private:
    std::unique_ptr<ChildProgram> serve() const
    {
        return std::make_unique<ChildProgram>(QStringList{"serve", "--bus", "kafka", "--kafka-brokers",
                                                          QString::fromStdString(m_broker.bootstrap()),
                                                          "--topic-prefix", m_prefix, "--listen", "127.0.0.1:0",
                                                          "--postgres", QString::fromStdString(m_database.url())});
    }
    /// Empty when the server has accepted that many more, and all orders until now are paid.
    QByteArray work(int count, const char* customer, int port);

    RealRuntime m_runtime{2};
    KafkaBroker m_broker = KafkaBroker::shared();
    const QString m_prefix = QString::fromStdString(KafkaBroker::freshPrefix());
    TestDatabase m_database{m_runtime};
    int m_orders = 0;
};

QByteArray TestSharedGroup::work(int count, const char* customer, int port)
{
    QFile csv(m_database.data().file("orders.csv"));
    if (!csv.open(QIODevice::WriteOnly) || csv.write(orderFile(count, customer)) < 0)
        return "cannot write the orders";
    csv.close();
    const Ended imported =
        runProgram({"import", csv.fileName(), "--to", QStringLiteral("http://127.0.0.1:%1").arg(port)});
    if (imported.exit_code != 0)
        return imported.describe();
    m_orders += count;
    const bool is_done = m_database.data().becomes("SELECT count(*) FROM orderlab.orders WHERE status = 'paid'",
                                                   QByteArray::number(m_orders), 120);
    return is_done ? QByteArray() : "not all orders are paid";
}

void TestSharedGroup::processThatSlept_reportsNoBrokenPromise()
{
    auto sleeper = serve();
    const int sleeper_port = sleeper->waitForPort();
    QVERIFY2(sleeper_port != 0, sleeper->err());
    QByteArray problem = work(60, "early", sleeper_port); // It has worked in all partitions.
    QVERIFY2(problem.isEmpty(), problem + sleeper->err());
    auto other = serve();
    const int other_port = other->waitForPort();
    QVERIFY2(other_port != 0, other->err());

    sleeper->signal(SIGSTOP);
    problem = work(60, "meanwhile", other_port); // The other takes over once the broker has put the first out.
    QVERIFY2(problem.isEmpty(), problem + other->err());
    sleeper->signal(SIGCONT);
    const Ended ended = other->terminate();
    QVERIFY2(ended.exit_code == 0 && !ended.err.contains(" is broken"), ended.describe());
    problem =
        work(60, "late", sleeper_port); // It has all partitions again, and goes on behind what was done meanwhile.
    QVERIFY2(problem.isEmpty(), problem + sleeper->err());
    const Ended awake = sleeper->terminate();
    QVERIFY2(awake.exit_code == 0 && !awake.err.contains(" is broken"), awake.describe());
}

ORDERLAB_TEST(tst_shared_group, QCoreApplication, TestSharedGroup)
#include "tst_shared_group.moc"
