#include "simulation/customers.h"

#include <algorithm>
#include <cmath>

namespace orderlab {

namespace {

constexpr std::uint64_t plain_customers = 100;
constexpr std::uint64_t price_minor_max = 20'000;
constexpr Duration cancels_within{std::chrono::milliseconds{200}};

std::uint64_t below(RandomStream& random, std::uint64_t bound)
{
    return std::uint64_t((__uint128_t(random.next()) * bound) >> 64);
}

} // namespace

Customers::Customers(Lab& lab, const OrderPlan& plan, std::uint64_t seed)
    : m_lab(lab), m_plan(plan), m_random(seed), m_running(lab.runtime())
{}

void Customers::start()
{
    m_running.spawn(m_plan.arrivals.empty() ? comeAndOrder() : comeAsTold());
}

Task<void> Customers::stop()
{
    m_running.cancel();
    return m_running.join();
}

Duration Customers::drawPause()
{
    const double pauses = -std::log1p(-m_random.unit()); // exponential, mean 1
    return Duration{std::int64_t(pauses * double(m_plan.mean_pause.count()))};
}

/// Draws as often for every customer, whatever is drawn.
Customers::Purchase Customers::draw()
{
    Purchase purchase;
    const double kind = m_random.unit();
    const std::uint64_t which = m_random.next();
    const auto pick = [which](std::uint64_t count) { return std::size_t((__uint128_t(which) * count) >> 64); };
    if (kind < m_plan.test_customer_share)
        purchase.customer = m_plan.test_customers[pick(m_plan.test_customers.size())];
    else if (!m_plan.customers.empty())
        purchase.customer = m_plan.customers[pick(m_plan.customers.size())];
    else
        purchase.customer = "user-" + std::to_string(pick(plain_customers));
    purchase.amount_minor = std::int64_t(1 + below(m_random, price_minor_max));
    purchase.cancels = m_random.unit() < m_plan.cancel_share;
    purchase.cancels_after = Duration{std::int64_t(below(m_random, std::uint64_t(cancels_within.count())))};
    return purchase;
}

Task<void> Customers::comeAndOrder()
{
    for (std::uint64_t i = 0; i < m_plan.count; ++i) {
        const Duration pause = drawPause();
        co_await m_lab.runtime().sleep(pause);
        Purchase purchase = draw();
        purchase.number = i;
        m_running.spawn(buy(std::move(purchase)));
    }
}

/// Each at its time: nothing is drawn.
Task<void> Customers::comeAsTold()
{
    const TimePoint begin = m_lab.runtime().now();
    const std::size_t count = std::size_t(std::min<std::uint64_t>(m_plan.count, m_plan.arrivals.size()));
    for (std::size_t i = 0; i < count; ++i) {
        const Arrival& arrival = m_plan.arrivals[i];
        if (const Duration pause = begin + arrival.at - m_lab.runtime().now(); pause.count() > 0)
            co_await m_lab.runtime().sleep(pause);
        Purchase purchase;
        purchase.number = i;
        purchase.customer = arrival.customer;
        purchase.amount_minor = arrival.amount_minor;
        purchase.currency = Currency::parse(arrival.currency).value();
        purchase.cancels = arrival.cancels_after.has_value();
        purchase.cancels_after = arrival.cancels_after.value_or(Duration{0});
        m_running.spawn(buy(std::move(purchase)));
    }
}

/// A new name for a purchase, kept under its number.
Uuid Customers::nameOf(std::size_t number)
{
    const Uuid name = m_lab.runtime().newUuid();
    const MutexLock guard(m_mutex);
    if (m_purchases.size() <= number)
        m_purchases.resize(number + 1);
    m_purchases[number] = name;
    return name;
}

std::vector<Uuid> Customers::purchases() const
{
    const MutexLock guard(m_mutex);
    return m_purchases;
}

Task<void> Customers::buy(Purchase purchase)
{
    OrderRequest request;
    request.user_id = purchase.customer;
    request.total.amount_minor = purchase.amount_minor;
    request.total.currency = purchase.currency;
    const auto bought = co_await m_lab.client().buy(std::move(request), nameOf(purchase.number));
    if (!bought || !purchase.cancels)
        co_return;
    co_await m_lab.runtime().sleep(purchase.cancels_after);
    (void)co_await m_lab.orders().cancel(bought->id); // too late is an answer, too
}

} // namespace orderlab
