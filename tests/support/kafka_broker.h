#pragma once
#include "support/scratch_folder.h"

#include <QByteArray>
#include <QStringList>

#include <memory>
#include <string>

namespace orderlab::test {

/// A real Apache Kafka, run by packaging/kafka/kafka: one of its own in a scratch folder on free ports, of one or three
/// nodes, or the one that ctest has started for many tests. Its own is ended and wiped with this object, and soon after
/// this process however that ends. Blocks; the first start on a machine fetches Kafka. One thread.
class KafkaBroker {
public:
    /// What a command of the script did.
    struct Outcome {
        int exit_code = -1; ///< -1: it was not done in time.
        QByteArray out;
        QByteArray err;
        explicit operator bool() const { return exit_code == 0; }
        QByteArray describe() const; ///< For failure messages.
    };

    /// One of its own, for tests that stop or kill it. See problem().
    static KafkaBroker own(int nodes = 1) { return KafkaBroker(nodes); }
    /// The one that ctest has started; one of its own when the test was started by hand. Never stop it. Names of topics
    /// and groups have to be this test's own; freshPrefix() makes them so.
    static KafkaBroker shared();
    KafkaBroker(KafkaBroker&&) = default;
    KafkaBroker& operator=(KafkaBroker&&) = delete;
    ~KafkaBroker();

    /// Empty when it is ready, else why it is not, for QVERIFY2.
    QByteArray problem() const { return m_problem; }
    bool isShared() const { return !m_scratch; }
    /// "127.0.0.1:10001,127.0.0.1:10003": what --kafka-brokers and bootstrap.servers take.
    std::string bootstrap() const { return m_bootstrap; }
    QString dir() const { return m_dir; }
    /// "test-4711-1.": never the same again on this broker.
    static std::string freshPrefix();

    // Of one node (from 1) or all (0). Each returns when it is done: started means ready.
    Outcome stop(int node = 0);  ///< In order.
    Outcome kill(int node = 0);  ///< SIGKILL.
    Outcome start(int node = 0); ///< After stop() or kill(): with all that it has stored, on the same ports.
    Outcome restart(int node = 0);

    /// One of Kafka's own tools against this broker: "console-consumer", "topics", "consumer-groups"… or a class.
    /// Adds --bootstrap-server.
    Outcome tool(const QString& name, QStringList arguments, int seconds = 60) const;
    /// kcat against this broker.
    Outcome kcat(QStringList arguments, const QByteArray& input = {}, int seconds = 60) const;

private:
    explicit KafkaBroker(int nodes);
    explicit KafkaBroker(QString shared_dir);
    Outcome command(const char* name, int node);
    void readAddress();

    std::unique_ptr<ScratchFolder> m_scratch; ///< Null: shared, or moved from.
    QString m_dir;
    std::string m_bootstrap;
    QByteArray m_problem;
};

} // namespace orderlab::test
