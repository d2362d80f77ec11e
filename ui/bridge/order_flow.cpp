#include "ui/bridge/order_flow.h"

#include <algorithm>

namespace orderlab::ui {

namespace {

constexpr Duration flow_step = std::chrono::milliseconds{10};

} // namespace

OrderFlow::OrderFlow(Runtime& runtime, OrderClient& client, TaskGroup& tasks, std::function<void(const Error&)> failed)
    : m_runtime(runtime), m_client(client), m_tasks(tasks), m_failed(std::move(failed))
{}

void OrderFlow::burst(int count, std::vector<std::string> customers)
{
    auto work = std::make_shared<Work>(m_runtime.random());
    work->customers = std::move(customers);
    work->left = count;
    for (int i = 0; i < std::min(count, in_flight_max); ++i)
        m_tasks.spawn(runBurst(*this, work));
}

void OrderFlow::setRate(double per_second, std::vector<std::string> customers, Duration lasts)
{
    const bool runs = m_rate.exchange(per_second) > 0;
    if (runs && per_second > 0 && customers.empty() && lasts.count() == 0)
        return;
    const std::uint64_t generation = ++m_generation;
    if (per_second <= 0)
        return;
    auto work = std::make_shared<Work>(m_runtime.random());
    work->customers = std::move(customers);
    m_tasks.spawn(runSteady(*this, std::move(work), generation, lasts));
}

OrderRequest OrderFlow::nextOrder(Work& work)
{
    const std::int64_t number = work.started.fetch_add(1);
    OrderRequest request;
    {
        const MutexLock guard(work.mutex);
        request = work.mix.next();
    }
    if (!work.customers.empty())
        request.user_id = work.customers[std::size_t(number) % work.customers.size()];
    return request;
}

Task<void> OrderFlow::runBurst(OrderFlow& flow, std::shared_ptr<Work> work)
{
    while (work->left.fetch_sub(1) > 0) {
        OrderRequest request = flow.nextOrder(*work);
        auto created = co_await flow.m_client.buy(std::move(request));
        if (!created)
            flow.m_failed(created.error());
    }
}

Task<void> OrderFlow::createOne(OrderFlow& flow, std::shared_ptr<Work> work)
{
    OrderRequest request = flow.nextOrder(*work);
    auto created = co_await flow.m_client.buy(std::move(request));
    if (!created)
        flow.m_failed(created.error());
    work->in_flight.fetch_sub(1);
}

Task<void> OrderFlow::runSteady(OrderFlow& flow, std::shared_ptr<Work> work, std::uint64_t generation, Duration lasts)
{
    const TimePoint begin = flow.m_runtime.now();
    TimePoint last = begin;
    double due = 0;
    while (flow.m_generation.load() == generation) {
        const TimePoint now = flow.m_runtime.now();
        if (lasts.count() > 0 && now - begin >= lasts) {
            flow.m_rate = 0;
            co_return;
        }
        due = std::min(due + flow.m_rate.load() * double((now - last).count()) / 1e6, double(in_flight_max));
        last = now;
        while (due >= 1 && work->in_flight.load() < in_flight_max) {
            due -= 1;
            work->in_flight.fetch_add(1);
            flow.m_tasks.spawn(createOne(flow, work));
        }
        co_await flow.m_runtime.sleep(flow_step);
    }
}

} // namespace orderlab::ui
