#pragma once
#include "lab/lab.h"
#include "runtime/random_stream.h"
#include "runtime/task_group.h"
#include "simulation/scenario.h"

namespace orderlab {

/// The customers of a simulated run: they order as the plan says, one after the other, and each waits for its own answer.
/// What they do is drawn from a random stream of their own, order by order, so that fewer orders are the same orders.
/// On the runtime's thread.
class Customers {
public:
    Customers(Lab& lab, const OrderPlan& plan);

    void start();
    /// Whether all have ordered and know what became of it, or have given up.
    bool areDone() const { return m_running.size() == 0; }
    /// Sends home those that are still there.
    Task<void> stop();

private:
    /// What one customer will do, decided before it starts.
    struct Purchase {
        std::string customer;
        std::int64_t amount_minor = 1;
        bool cancels = false;
        Duration cancels_after{0};
    };

    Purchase draw();
    Duration drawPause();
    Task<void> comeAndOrder();
    Task<void> buy(Purchase purchase);

    Lab& m_lab;
    const OrderPlan& m_plan;
    RandomStream m_random;
    TaskGroup m_running;
};

} // namespace orderlab
