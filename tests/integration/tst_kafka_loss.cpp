#include "runtime/real_runtime.h"
#include "support/kafka_broker.h"
#include "support/test_program.h"
#include "test_database.h"

#include <QDir>
#include <QFile>

#include <csignal>

using namespace orderlab;
using namespace orderlab::test;

namespace {

constexpr int orders = 40;

/// The processes of a broker that keeps its data in `dir`.
QList<int> brokerProcesses(const QString& dir)
{
    QList<int> found;
    for (const QString& name : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        QFile file(QStringLiteral("/proc/%1/cmdline").arg(name));
        if (name.toInt() > 1 && file.open(QIODevice::ReadOnly)) {
            const QByteArray line = file.readAll();
            if (line.startsWith("java") && line.contains(dir.toUtf8()) && line.contains("kafka.Kafka"))
                found.append(name.toInt());
        }
    }
    return found;
}

} // namespace

/// Kafka forgets what a group has yet to handle: the real server publishes it again, says so once, and all orders end.
class TestKafkaLoss : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY2(findPostgresBinaries(), "PostgreSQL's server binaries are not installed");
        QVERIFY2(m_broker.problem().isEmpty(), m_broker.problem());
    }
    void init()
    {
        m_prefix = QString::fromStdString(KafkaBroker::freshPrefix());
        m_database = std::make_unique<TestDatabase>(m_runtime);
        QVERIFY2(m_database->problem().isEmpty(), m_database->problem());
    }
    void cleanup() { m_database.reset(); }

    void records_deletedWhileNothingRuns_arePublishedAgain();
    void records_deletedWhileServing_arePublishedAgain();
    void topic_deletedWhileNothingRuns_isMadeAgain();
    void topic_deletedWithABacklog_isMadeAgain();
    void sigterm_isObeyedWhileTheBrokerHangs();

private:
    std::unique_ptr<ChildProgram> serve(const QStringList& options) { return serve(m_broker, options); }
    std::unique_ptr<ChildProgram> serve(const KafkaBroker& broker, const QStringList& options);
    QByteArray order(int count, int port, const char* customer = "customer");
    KafkaBroker::Outcome deleteRecords();
    KafkaBroker::Outcome deleteTopic()
    {
        return m_broker.tool(QStringLiteral("topics"),
                             {QStringLiteral("--delete"), QStringLiteral("--topic"), m_prefix + "order-created"});
    }
    bool becomes(const char* sql, int expected) const
    {
        return m_database->data().becomes(QString::fromUtf8(sql), QByteArray::number(expected), 240);
    }
    QByteArray ended(ChildProgram& server, int times);

    static constexpr const char* paid = "SELECT count(*) FROM orderlab.orders WHERE status = 'paid'";
    static constexpr const char* published = "SELECT count(*) FROM orderlab.outbox WHERE published_at IS NOT NULL";
    static constexpr const char* seen =
        "SELECT coalesce(sum(log_end), 0) FROM orderlab.log_extents WHERE topic = 'order-created'";
    static constexpr const char* charges = "SELECT count(*) FROM orderlab.gateway_ledger WHERE kind = 'charge'";

    RealRuntime m_runtime{2};
    KafkaBroker m_broker = KafkaBroker::shared();
    QString m_prefix;
    std::unique_ptr<TestDatabase> m_database;
};

std::unique_ptr<ChildProgram> TestKafkaLoss::serve(const KafkaBroker& broker, const QStringList& options)
{
    return std::make_unique<ChildProgram>(QStringList{"serve", "--bus", "kafka", "--kafka-brokers",
                                                      QString::fromStdString(broker.bootstrap()), "--topic-prefix",
                                                      m_prefix, "--listen", "127.0.0.1:0", "--postgres",
                                                      QString::fromStdString(m_database->url())}
                                          + options);
}

/// Empty when the server has accepted so many.
QByteArray TestKafkaLoss::order(int count, int port, const char* customer)
{
    const QString file = m_database->data().file("orders.csv");
    QFile csv(file);
    if (!csv.open(QIODevice::WriteOnly) || csv.write(orderFile(count, customer)) < 0)
        return "cannot write the orders";
    csv.close();
    const Ended imported = runProgram({"import", file, "--to", QStringLiteral("http://127.0.0.1:%1").arg(port)});
    return imported.exit_code == 0 ? QByteArray() : imported.describe();
}

/// All that the topic has.
KafkaBroker::Outcome TestKafkaLoss::deleteRecords()
{
    QByteArray partitions;
    for (int i = 0; i < 3; ++i)
        partitions += (i > 0 ? "," : "")
                      + QStringLiteral("{\"topic\":\"%1order-created\",\"partition\":%2,\"offset\":-1}")
                            .arg(m_prefix)
                            .arg(i)
                            .toUtf8();
    QFile file(m_database->data().file("offsets.json"));
    if (file.open(QIODevice::WriteOnly))
        file.write("{\"version\":1,\"partitions\":[" + partitions + "]}");
    file.close();
    return m_broker.tool(QStringLiteral("org.apache.kafka.tools.DeleteRecordsCommand"),
                         {QStringLiteral("--offset-json-file"), file.fileName()});
}

/// Empty when the server ended in order, has told of no broken promise, and `times` of events that are published again.
QByteArray TestKafkaLoss::ended(ChildProgram& server, int times)
{
    const Ended ended = server.terminate();
    const bool is_right =
        ended.exit_code == 0 && !ended.err.contains(" is broken") && ended.err.count("published again") == times;
    return is_right ? QByteArray() : ended.describe();
}

void TestKafkaLoss::records_deletedWhileNothingRuns_arePublishedAgain()
{
    auto server = serve({"--workers", "none"});
    QByteArray problem = order(orders, server->waitForPort());
    QVERIFY2(problem.isEmpty(), problem);
    QVERIFY(becomes(published, orders));
    QVERIFY2(becomes(seen, orders), server->err()); // It has looked, and a group that lags has lost nothing.
    problem = ended(*server, 0);
    QVERIFY2(problem.isEmpty(), problem);
    const auto deleted = deleteRecords();
    QVERIFY2(deleted, deleted.describe());
    server = serve({});
    QVERIFY(server->waitForPort() != 0);
    QVERIFY2(becomes(paid, orders), server->err());
    QVERIFY2(server->waitForError("40 events are published again", 60), server->err());
    problem = ended(*server, 1);
    QVERIFY2(problem.isEmpty(), problem);
    QVERIFY(becomes(charges, orders));
}

void TestKafkaLoss::records_deletedWhileServing_arePublishedAgain()
{
    auto server = serve({"--workers", "none"});
    QByteArray problem = order(orders, server->waitForPort());
    QVERIFY2(problem.isEmpty(), problem);
    QVERIFY(becomes(published, orders));
    const auto deleted = deleteRecords();
    QVERIFY2(deleted, deleted.describe());
    QVERIFY2(server->waitForError("published again", 60), server->err());
    QVERIFY(becomes(published, orders));
    problem = ended(*server, 1);
    QVERIFY2(problem.isEmpty(), problem);
    server = serve({});
    QVERIFY2(becomes(paid, orders), server->err());
    problem = ended(*server, 0); // The log has them.
    QVERIFY2(problem.isEmpty(), problem);
}

void TestKafkaLoss::topic_deletedWhileNothingRuns_isMadeAgain()
{
    auto server = serve({"--workers", "none"});
    QByteArray problem = order(orders, server->waitForPort());
    QVERIFY2(problem.isEmpty(), problem);
    QVERIFY(becomes(published, orders));
    QVERIFY2(becomes(seen, orders), server->err());
    problem = ended(*server, 0);
    QVERIFY2(problem.isEmpty(), problem);
    const auto deleted = deleteTopic();
    QVERIFY2(deleted, deleted.describe());
    // The broker is told by the controller, which may take a moment: until then it has the events.
    QTRY_VERIFY(!m_broker.kcat({"-L"}).out.contains((m_prefix + "order-created").toUtf8()));
    server = serve({});
    QVERIFY2(becomes(paid, orders), server->err());
    problem = ended(*server, 1);
    QVERIFY2(problem.isEmpty(), problem);
}

void TestKafkaLoss::topic_deletedWithABacklog_isMadeAgain()
{
    constexpr int many = 90;
    auto server = serve({"--throttle", "3", "--members", "2"}); // It takes half a minute.
    const int port = server->waitForPort();
    QByteArray problem = order(many, port);
    QVERIFY2(problem.isEmpty(), problem);
    QVERIFY(becomes("SELECT least(10, count(*)) FROM orderlab.orders WHERE status = 'paid'", 10));
    const auto deleted = deleteTopic();
    QVERIFY2(deleted, deleted.describe());
    QVERIFY2(m_database->data().query(QString::fromUtf8(paid)).toInt() < many, "nothing was left to be done");
    QVERIFY2(becomes(paid, many), server->err());
    problem = order(1, port, "late"); // It goes on.
    QVERIFY2(problem.isEmpty(), problem);
    QVERIFY2(becomes(paid, many + 1), server->err());
    QVERIFY2(server->waitForError("published again", 60), server->err());
    const Ended ended = server->terminate();
    QVERIFY2(ended.exit_code == 0 && !ended.err.contains(" is broken"), ended.describe());
    QVERIFY(becomes(charges, many + 1));
}

/// A broker that takes connections and answers nothing; many members.
void TestKafkaLoss::sigterm_isObeyedWhileTheBrokerHangs()
{
    const KafkaBroker broker = KafkaBroker::own();
    QVERIFY2(broker.problem().isEmpty(), broker.problem());
    auto server = serve(broker, {"--members", "8", "--drain-timeout", "5"});
    QByteArray problem = order(orders, server->waitForPort());
    QVERIFY2(problem.isEmpty(), problem);
    const QList<int> brokers = brokerProcesses(broker.dir());
    QVERIFY(!brokers.isEmpty());
    for (const int pid : brokers)
        ::kill(pid, SIGSTOP);
    problem = order(1, server->waitForPort(), "late"); // It has something to publish.
    server->signal(SIGTERM);
    const Ended ended = server->finish(60);
    for (const int pid : brokers)
        ::kill(pid, SIGCONT);
    QVERIFY2(ended.exit_code == 0, ended.describe());
}

ORDERLAB_TEST(tst_kafka_loss, QCoreApplication, TestKafkaLoss)
#include "tst_kafka_loss.moc"
