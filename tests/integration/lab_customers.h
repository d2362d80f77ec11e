#pragma once
#include "journal/journal.h"
#include "lab/lab.h"
#include "runtime/task_group.h"

#include <QByteArray>

#include <atomic>
#include <set>

namespace orderlab::test {

/// Customers of a Lab in this process: each buys again and again until `orders` are bought, asking under one key until
/// it is answered. One thread calls; the runtime's threads buy.
class LabCustomers {
public:
    struct Plan {
        int orders = 2'000;
        int customers = 16;
        Duration pause{std::chrono::milliseconds{20}}; ///< Before each purchase.
    };
    /// They begin at once.
    LabCustomers(Lab& lab, Plan plan);
    /// Sends them home.
    ~LabCustomers();
    /// Until all is bought.
    void finish() { m_lab.runtime().run(m_buying.join()); }
    /// No further purchase is begun.
    void enough() { m_begun = m_plan.orders; }
    int bought() const { return m_bought; }
    int refused() const { return m_refused; } ///< Answers that asking again could not mend.

private:
    Task<void> buyMany();

    Lab& m_lab;
    const Plan m_plan;
    std::atomic<int> m_begun{0}, m_bought{0}, m_refused{0};
    TaskGroup m_buying;
};

/// Reads a Lab's journal as it grows, and keeps what tells of loss and repetition.
class JournalTally {
public:
    explicit JournalTally(const Journal& journal) : m_journal(journal), m_reader(journal, JournalReader::From::Oldest)
    {}
    /// To be called often enough that the ring does not go around meanwhile.
    void read();
    /// "12,000 handled, 31 delivered again, 4 skipped as known…"
    QByteArray text() const;
    /// Empty when nothing was done twice, no attempt failed and nothing became a dead letter.
    QByteArray complaint() const;

    std::int64_t handled = 0, delivered = 0, skipped = 0, failed = 0, dead_lettered = 0, published = 0,
                 publish_failed = 0, joined = 0, assigned = 0, paused = 0;
    std::int64_t handled_twice = 0; ///< By one group; never.

private:
    const Journal& m_journal;
    JournalReader m_reader;
    std::string m_last_publish_problem;
    std::set<std::pair<NameId, Uuid>> m_done; ///< Group and event.
};

/// What a Lab owes to customers who bought `orders` orders that are all paid in the end: each is final, with exactly
/// one charge and two notifications, and counted once; no promise was seen broken. Waits until all is done, and says
/// how things stand when it is not; empty when all is well.
QByteArray brokenPromise(Lab& lab, int orders, int seconds = 120);

} // namespace orderlab::test
