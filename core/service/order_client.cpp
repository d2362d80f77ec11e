#include "service/order_client.h"

#include "base/sha256.h"
#include "runtime/task_group.h"

namespace orderlab {

OrderClient::OrderClient(Runtime& runtime, Journal& journal, FaultPlan& faults, OrderService& orders,
                         OrderClientOptions options)
    : m_runtime(runtime), m_journal(journal), m_faults(faults), m_orders(orders), m_options(options)
{}

Entry OrderClient::entryOf(EntryKind kind, Uuid purchase) const
{
    Entry entry;
    entry.time_us = toMicros(m_runtime.now());
    entry.kind = kind;
    entry.event = purchase;
    return entry;
}

Task<Result<Order>> OrderClient::buy(OrderRequest request, Uuid purchase)
{
    Duration pause = m_options.initial_pause;
    for (int attempt = 1;; ++attempt) {
        auto order = co_await ask(request, purchase, attempt);
        if (order) {
            Entry entry = entryOf(EntryKind::ClientAnswered, purchase);
            entry.order = order->id;
            m_journal.append(entry);
            co_return order;
        }
        if (order.error().retry == Retry::Never || attempt >= m_options.attempts_max)
            co_return order;
        co_await m_runtime.sleep(pause);
        pause = std::min(pause * 2, m_options.max_pause);
    }
}

/// One request and the wait for its answer.
Task<Result<Order>> OrderClient::ask(const OrderRequest& request, Uuid purchase, int attempt)
{
    Entry entry = entryOf(EntryKind::ClientAsked, purchase);
    entry.attempt = std::uint8_t(std::min(attempt, 255));
    m_journal.append(entry);
    FaultPoint point;
    point.seam = Seam::ClientRequest;
    point.event = EventId{purchase};
    point.event_type = EventType::OrderCreated;
    point.customer = request.user_id;
    const Injection on_the_way = co_await m_faults.pass(point);
    if (on_the_way.action == FaultAction::Lose) {
        co_await m_runtime.sleep(m_options.patience);
        co_return timeoutError("the API", m_options.patience);
    }
    auto order = co_await send(request, purchase);
    if (on_the_way.action == FaultAction::Duplicate) // The network brings the same request once more.
        order = co_await send(request, purchase);
    if (!order)
        co_return order;
    point.seam = Seam::ClientAnswer;
    point.order = order->id;
    const Injection on_the_way_back = co_await m_faults.pass(point);
    if (on_the_way_back.action == FaultAction::Lose) {
        co_await m_runtime.sleep(m_options.patience);
        co_return timeoutError("the API", m_options.patience);
    }
    co_return order;
}

Task<Result<Order>> OrderClient::send(const OrderRequest& request, Uuid purchase)
{
    CreateOrder create;
    create.request = request;
    create.purchase = purchase;
    const std::string key = purchase.toString();
    create.idempotency = IdempotencyKey{key, sha256Hex(key)};
    auto created = co_await m_orders.create(std::move(create));
    if (!created)
        co_return created.error();
    co_return std::move(created->order);
}

} // namespace orderlab
