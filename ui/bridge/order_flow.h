#pragma once
#include "base/mutex.h"
#include "runtime/task_group.h"
#include "service/order_client.h"
#include "simulation/customer_mix.h"

#include <atomic>
#include <functional>

namespace orderlab::ui {

/// Customers who buy by themselves, in bursts and in a steady flow; each asks again while it hears nothing. Everything
/// runs in `tasks`; at most `in_flight_max` of each kind are under way, so that a slow store slows the flow instead of
/// filling memory. Any thread.
class OrderFlow {
public:
    static constexpr int in_flight_max = 32;

    /// `failed` is called on the runtime's threads, for each order that was not created.
    OrderFlow(Runtime& runtime, OrderClient& client, TaskGroup& tasks, std::function<void(const Error&)> failed);

    /// `customers` in turn; empty: a mix of customers, one in ten declined, one in twenty flaky.
    void burst(int count, std::vector<std::string> customers);
    /// Replaces the flow before it. `lasts` 0: until told otherwise.
    void setRate(double per_second, std::vector<std::string> customers = {}, Duration lasts = Duration{0});
    double rate() const { return m_rate.load(); }

private:
    struct Work {
        explicit Work(std::uint64_t seed) : mix(seed) {}
        std::vector<std::string> customers;
        std::atomic<std::int64_t> left{0};
        std::atomic<std::int64_t> started{0};
        std::atomic<int> in_flight{0};
        Mutex mutex;
        CustomerMix mix ORDERLAB_GUARDED_BY(mutex);
    };
    static Task<void> runBurst(OrderFlow& flow, std::shared_ptr<Work> work);
    static Task<void> runSteady(OrderFlow& flow, std::shared_ptr<Work> work, std::uint64_t generation, Duration lasts);
    static Task<void> createOne(OrderFlow& flow, std::shared_ptr<Work> work);
    static OrderRequest nextOrder(Work& work);

    Runtime& m_runtime;
    OrderClient& m_client;
    TaskGroup& m_tasks;
    std::atomic<double> m_rate{0};
    std::atomic<std::uint64_t> m_generation{0};
    const std::function<void(const Error&)> m_failed;
};

} // namespace orderlab::ui
