#pragma once
#include "child_program.h"
#include "http/http_client.h"
#include "runtime/task_group.h"

#include <mutex>

namespace orderlab::test {

/// Customers of a real server, `clients` at once, who each buy some orders, one after the other, and ask under one key
/// until they are answered. They outlive servers that are killed. One thread calls; the runtime's threads buy.
class Shoppers {
public:
    struct Plan {
        int orders = 2'000;
        int clients = 16;                              ///< A divisor of `orders`.
        Duration pause{std::chrono::milliseconds{60}}; ///< Before each purchase.
    };
    /// How the server answered.
    struct Tally {
        QByteArrayList ordered = {};     ///< Ids of what was answered with 201.
        QByteArrayList refused = {};     ///< Answers that are neither 201 nor 503.
        int unanswered = 0;              ///< Requests that nobody answered.
        int unavailable = 0;             ///< Answers 503…
        int unavailable_with_advice = 0; ///< …with Retry-After.
    };

    /// They begin at once.
    Shoppers(Runtime& runtime, int port, Plan plan);
    /// Sends them home.
    ~Shoppers();
    /// Until all have bought all.
    void finish() { m_runtime.run(m_buying.join()); }
    int ordered() const;
    Tally tally() const;

private:
    Task<void> buyMany(int number);
    Task<void> buyOne(HttpClient& client, const std::string& key);

    Runtime& m_runtime;
    const HttpClientOptions m_server;
    const Plan m_plan;
    mutable std::mutex m_mutex; ///< Guards the tally.
    Tally m_tally;
    TaskGroup m_buying;
};

/// The seed of this run, told and repeatable by ORDERLAB_TEST_SEED.
std::uint64_t testSeed(Runtime& runtime);

/// What a system with this database owes to customers who bought `orders` orders of 19.99, each under a name of its
/// own: every order that was answered with 201 is there, once, and is paid with exactly one charge and two
/// notifications. Waits until all is final; empty when all is kept, else what is not.
QByteArray brokenPromise(const DataDir& data, const QByteArrayList& ordered, int orders, int seconds = 90);

/// Empty when no attempt at any of the orders has failed, by the stories that the server at `port` tells.
QByteArray failedAttempt(Runtime& runtime, int port, const QByteArrayList& ordered);

} // namespace orderlab::test
