#pragma once
#include "base/mutex.h"
#include "lab/lab.h"
#include "runtime/random_stream.h"
#include "runtime/task_group.h"
#include "simulation/scenario.h"

namespace orderlab {

/// The customers of a simulated run: they order as the plan says, one after the other, and each waits for its own
/// answer. What they do is drawn from a random stream of their own, order by order, so that fewer orders are the same
/// orders. Any thread.
class Customers {
public:
    /// `plan` outlives this. The same seed: the same purchases.
    Customers(Lab& lab, const OrderPlan& plan, std::uint64_t seed);

    void start();
    /// Whether all have ordered and know what became of it, or have given up.
    bool areDone() const { return m_running.size() == 0; }
    /// What those who have come so far call their purchases, in the order of the plan: EntryKind::ClientAsked and
    /// OrderAccepted tell of them by these.
    std::vector<Uuid> purchases() const;
    /// What is still to come is drawn anew. Only where everything is one thread.
    void reseed(std::uint64_t seed) { m_random = RandomStream(seed); }
    /// Sends home those that are still there.
    Task<void> stop();

private:
    /// What one customer will do, decided before it starts.
    struct Purchase {
        std::size_t number = 0;
        std::string customer;
        std::int64_t amount_minor = 1;
        Currency currency = {};
        bool cancels = false;
        Duration cancels_after{0};
    };

    Purchase draw();
    Duration drawPause();
    Task<void> comeAndOrder();
    Task<void> comeAsTold();
    Task<void> buy(Purchase purchase);
    Uuid nameOf(std::size_t number);

    Lab& m_lab;
    const OrderPlan& m_plan;
    RandomStream m_random;
    mutable Mutex m_mutex;
    std::vector<Uuid> m_purchases ORDERLAB_GUARDED_BY(m_mutex);
    TaskGroup m_running;
};

} // namespace orderlab
