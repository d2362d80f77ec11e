#pragma once
#include "child_program.h"
#include "postgres/postgres_connection.h"
#include "postgres/private_postgres.h"
#include "runtime/runtime.h"

namespace orderlab::test {

/// The first value, "" for none, or the server's complaint.
inline std::string resultOf(Runtime& runtime, const std::string& url, const std::string& sql,
                            Duration patience = std::chrono::seconds{60})
{
    auto connection = runtime.run(PostgresConnection::open(runtime, url, patience));
    if (!connection)
        return connection.error().message;
    std::vector<PostgresStatement> statements;
    statements.push_back({nullptr, {}, sql});
    const auto results = runtime.run((*connection)->run(std::move(statements)));
    if (!results)
        return results.error().message;
    return results->front().rows() == 0 ? "" : std::string(results->front().text(0, 0));
}

/// A real PostgreSQL of this test's own, to be stopped and started. Stopped with this object. One thread.
class TestDatabase {
public:
    /// Starts it; see problem().
    explicit TestDatabase(Runtime& runtime) : m_runtime(runtime) { start(); }
    ~TestDatabase() { stop(); }
    TestDatabase(const TestDatabase&) = delete;
    TestDatabase& operator=(const TestDatabase&) = delete;

    /// Empty when it runs, else why it does not, for QVERIFY2.
    QByteArray problem() const { return m_problem; }
    void start()
    {
        auto started = m_runtime.run(startPrivatePostgres(
            m_runtime, {m_data.path().toStdString(), {}, std::chrono::seconds{60}, std::chrono::seconds{20}}));
        m_problem = started ? QByteArray() : QByteArray::fromStdString(started.error().message);
        if (started)
            m_server = std::move(*started);
    }
    void stop()
    {
        if (m_server)
            m_runtime.run(m_server->stop());
        m_server.reset();
    }
    /// The same after each start.
    std::string url() const { return privatePostgresUrl(m_data.path().toStdString()); }
    const DataDir& data() const { return m_data; } ///< For looking into it.

private:
    Runtime& m_runtime;
    DataDir m_data;
    std::unique_ptr<PrivatePostgres> m_server;
    QByteArray m_problem;
};

} // namespace orderlab::test
