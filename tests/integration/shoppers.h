#pragma once
#include "child_program.h"
#include "http/http_client.h"
#include "runtime/task_group.h"

#include <atomic>
#include <mutex>
#include <vector>

namespace orderlab::test {

/// Customers of a real server, `clients` at once, who each buy some orders, one after the other, and ask under one key
/// until they are answered. They outlive servers that are killed. A test acts when so much is ordered or refused, not
/// after some time. One thread calls; the runtime's threads buy.
class Shoppers {
public:
    struct Plan {
        int orders = 100'000;                          ///< At most; see enough().
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
    /// No further purchase is begun.
    void enough() { m_is_enough = true; }
    /// Until all have bought all, or after enough() what they had begun.
    void finish() { m_runtime.run(m_buying.join()); }
    int ordered() const { return int(tally().ordered.size()); }
    Tally tally() const;
    /// How often each client was answered 503, at least. When it grows, every answer from before has arrived.
    int leastUnavailable() const;

private:
    Task<void> buyMany(int number);
    Task<void> buyOne(HttpClient& client, int number, const std::string& key);

    Runtime& m_runtime;
    const HttpClientOptions m_server;
    const Plan m_plan;
    std::atomic<bool> m_is_enough{false};
    mutable std::mutex m_mutex; ///< Guards what follows.
    Tally m_tally;
    std::vector<int> m_unavailable_of; ///< Answers 503 to each client.
    TaskGroup m_buying;
};

/// The seed of this run, told and repeatable by ORDERLAB_TEST_SEED.
std::uint64_t testSeed(Runtime& runtime);

/// What a system with this database owes to customers who bought `orders` orders of 19.99, each under a name of its
/// own: every order that was answered with 201 is there, once, and is paid with exactly one charge and two
/// notifications. Waits until all is final; empty when all is kept, else what is not.
QByteArray brokenPromise(const DataDir& data, const QByteArrayList& ordered, int orders, int seconds = 240);

/// Empty when no attempt at any of the orders has failed, by the stories that the server at `port` tells.
QByteArray failedAttempt(Runtime& runtime, int port, const QByteArrayList& ordered);

} // namespace orderlab::test
