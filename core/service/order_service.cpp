#include "service/order_service.h"

#include "base/mutex.h"
#include "bus/event_bus.h"
#include "domain/derived_ids.h"
#include "domain/trace_state.h"
#include "journal/trace_table.h"

#include <algorithm>
#include <set>

namespace orderlab {

/// Idempotency keys of requests that are being answered right now.
struct OrderService::KeysInFlight {
    Mutex mutex;
    std::set<std::string, std::less<>> keys ORDERLAB_GUARDED_BY(mutex);
};

namespace {

constexpr int cancel_attempts_max =
    10; ///< Conflicts with the order's payment; each one means that somebody got further.

/// Draws what a trace and its span took before they came from ids: a seed's run stays what it was.
Uuid drawnTrace(Runtime& runtime, TimePoint now)
{
    const Uuid trace = runtime.newUuid(now);
    (void)runtime.random();
    return trace;
}

/// Takes a key, and gives it back at the end of the request.
template <typename KeysInFlight>
class KeyHold {
public:
    KeyHold(std::shared_ptr<KeysInFlight> in_flight, std::string key)
        : m_in_flight(std::move(in_flight)), m_key(std::move(key))
    {
        const MutexLock guard(m_in_flight->mutex);
        m_held = m_in_flight->keys.insert(m_key).second;
    }
    ~KeyHold()
    {
        if (!m_held)
            return;
        const MutexLock guard(m_in_flight->mutex);
        m_in_flight->keys.erase(m_key);
    }
    KeyHold(const KeyHold&) = delete;
    KeyHold& operator=(const KeyHold&) = delete;
    bool isHeld() const { return m_held; }

private:
    std::shared_ptr<KeysInFlight> m_in_flight;
    std::string m_key;
    bool m_held = false;
};

} // namespace

Result<void> IdempotencyKey::validate() const
{
    const bool is_printable = std::all_of(key.begin(), key.end(), [](char c) { return c >= ' ' && c <= '~'; });
    if (key.empty() || key.size() > length_max || !is_printable)
        return invalidArgument(
            "Idempotency-Key",
            std::string("must have 1 to ").append(std::to_string(length_max)).append(" printable ASCII characters"));
    return {};
}

OrderService::OrderService(Deps deps) : m_deps(deps), m_keys_in_flight(std::make_shared<KeysInFlight>()) {}

/// Whether the process that took a call in its life number `life` still runs.
Result<void> OrderService::checkRunning(std::uint64_t life) const
{
    // Without a crash the clock is not asked.
    const std::uint64_t lives = m_lives;
    if (life != lives || (lives > 0 && toMicros(m_deps.runtime.now()) < m_down_until_us))
        return unavailable("the connection to the API was lost");
    return {};
}

Result<void> OrderService::kill(Duration restart_after)
{
    if (m_lives > 0 && toMicros(m_deps.runtime.now()) < m_down_until_us)
        return Error{ErrorCode::Conflict, Retry::Later, "api is down already", {}};
    crash(restart_after);
    return {};
}

void OrderService::crash(Duration restart_after)
{
    const TimePoint now = m_deps.runtime.now();
    m_down_until_us = toMicros(now + restart_after);
    ++m_lives;
    Entry entry;
    entry.time_us = toMicros(now);
    entry.kind = EntryKind::ProcessCrashed;
    entry.actor = m_deps.journal.names().intern("api");
    entry.value = std::int32_t(restart_after.count() / 1000);
    m_deps.journal.append(entry);
}

Task<Result<CreatedOrder>> OrderService::create(CreateOrder create)
{
    const std::uint64_t life = m_lives;
    ORDERLAB_TRY(co_return, checkRunning(life));
    ORDERLAB_TRY(co_return, create.request.validate());
    if (!m_deps.faults.isOn(Guarantee::IdempotencyKey))
        create.idempotency.reset();
    auto created = co_await createOnce(std::move(create));
    ORDERLAB_TRY(co_return, checkRunning(life));
    co_return created;
}

Task<Result<CreatedOrder>> OrderService::createOnce(CreateOrder create)
{
    if (!create.idempotency)
        co_return co_await store(std::move(create));

    const IdempotencyKey& key = *create.idempotency;
    ORDERLAB_TRY(co_return, key.validate());
    const KeyHold hold(m_keys_in_flight, key.key);
    if (!hold.isHeld()) {
        co_return Error{ErrorCode::Conflict, Retry::Later,
                        "a request with this idempotency key is still being answered", "Idempotency-Key"};
    }
    const IdempotencyKey copy = key;
    Sight sight = Sight::Unknown;
    if (m_deps.first_look) {
        std::vector<std::string> names(1, copy.key);
        sight = co_await m_deps.first_look->look(LookFor::IdempotencyKey, std::move(names));
    }
    if (sight != Sight::NotSeen) {
        auto known = co_await answerAgain(copy);
        if (!known)
            co_return known.error();
        if (*known) {
            rememberKey(copy.key);
            co_return std::move(**known);
        }
        if (sight == Sight::Seen)
            m_deps.first_look->tell(LookFor::IdempotencyKey, LookMistake::Unconfirmed);
    }
    auto stored = co_await store(std::move(create));
    if (stored)
        rememberKey(copy.key);
    if (stored || stored.error().code != ErrorCode::AlreadyExists)
        co_return stored;
    // Another process was first with this key, or nobody had looked for it.
    auto known = co_await answerAgain(copy);
    if (!known)
        co_return known.error();
    if (!*known)
        co_return stored;
    if (sight == Sight::NotSeen)
        m_deps.first_look->tell(LookFor::IdempotencyKey, LookMistake::Forgotten);
    rememberKey(copy.key);
    co_return std::move(**known);
}

void OrderService::rememberKey(const std::string& key)
{
    if (m_deps.first_look)
        m_deps.first_look->remember(LookFor::IdempotencyKey, {key});
}

Task<Result<std::optional<CreatedOrder>>> OrderService::answerAgain(const IdempotencyKey& key)
{
    const auto answer = co_await m_deps.store.findAnswer(key.key);
    if (!answer)
        co_return answer.error();
    if (!*answer)
        co_return std::optional<CreatedOrder>{};
    if ((*answer)->fingerprint != key.fingerprint) {
        co_return Error{ErrorCode::AlreadyExists, Retry::Never,
                        "this idempotency key was used for another request; use a new one", "Idempotency-Key"};
    }
    auto order = co_await m_deps.store.findOrder((*answer)->order);
    if (!order)
        co_return order.error();
    if (!*order)
        co_return internalError("the order of an idempotency key is missing");
    // The first answer, not what has become of the order since.
    CreatedOrder first{std::move(**order), true};
    first.order.status = OrderStatus::Created;
    first.order.updated_at = (*answer)->created_at;
    first.order.version = 1;
    co_return std::optional<CreatedOrder>(std::move(first));
}

Task<Result<CreatedOrder>> OrderService::store(CreateOrder create)
{
    const TimePoint now = m_deps.runtime.now();
    CreatedOrder created;
    Order& order = created.order;
    order.id = OrderId{m_deps.runtime.newUuid(now)};
    order.user_id = std::move(create.request.user_id);
    order.total = create.request.total;
    order.created_at = create.created_at.value_or(now);
    order.updated_at = now;

    const auto transaction = m_deps.store.begin();
    const bool is_trace_new = create.parent.trace.isNull();
    if (is_trace_new)
        (void)drawnTrace(m_deps.runtime, now);
    const EventId event_id{m_deps.runtime.newUuid(now)};
    Event event =
        makeEvent(EventType::OrderCreated, order, event_id, order.created_at,
                  {is_trace_new ? traceOf(order.id) : create.parent.trace, spanOf(event_id), create.parent.is_sampled});
    setTracestate(event, create.tracestate);
    m_deps.journal.traces().noteOrder(order.id, create.parent);
    transaction->emit(std::move(event));
    transaction->insertOrder(order, create.purchase);
    if (create.idempotency)
        transaction->rememberAnswer({create.idempotency->key, create.idempotency->fingerprint, order.id, now});
    FaultPoint point;
    point.order = order.id;
    point.customer = order.user_id;
    point.event_type = EventType::OrderCreated;
    auto committed = co_await commit(*transaction, point, now);
    if (!committed)
        co_return committed.error();
    co_return created;
}

/// With the outbox, one step. Without, save and then publish: what happens in between is lost with the process.
Task<Result<void>> OrderService::commit(Transaction& transaction, FaultPoint point, TimePoint now)
{
    if (m_deps.faults.isArmed(Seam::OrderStore)) {
        point.seam = Seam::OrderStore;
        const Injection refused = co_await m_deps.faults.pass(point);
        if (refused.action == FaultAction::Fail)
            co_return unavailable("the order could not be stored");
    }
    std::vector<Event> unsaved;
    if (!m_deps.faults.isOn(Guarantee::Outbox))
        unsaved = transaction.takeEmitted();
    auto committed = co_await transaction.commit(now);
    if (!committed)
        co_return committed;
    if (m_deps.faults.isArmed(Seam::OrderCommitted)) {
        point.seam = Seam::OrderCommitted;
        const Injection injection = co_await m_deps.faults.pass(point);
        if (injection.action == FaultAction::Crash) {
            crash(injection.delay);
            co_return committed;
        }
    }
    if (!unsaved.empty())
        co_await publish(std::move(unsaved));
    co_return committed;
}

/// The second half of a dual write. Nobody remembers what fails here.
Task<void> OrderService::publish(std::vector<Event> events)
{
    const auto published = co_await m_deps.bus.publish(events);
    if (published)
        co_return;
    Entry entry;
    entry.time_us = toMicros(m_deps.runtime.now());
    entry.kind = EntryKind::PublishFailed;
    entry.order = events.front().order;
    entry.event = events.front().id;
    entry.actor = m_deps.journal.names().intern("api");
    entry.detail = m_deps.journal.names().intern(published.error().message, NameUse::Text);
    m_deps.journal.append(entry);
}

Task<Result<Order>> OrderService::cancel(OrderId id, TraceContext parent, std::string tracestate)
{
    const std::uint64_t life = m_lives;
    for (int attempt = 1;; ++attempt) {
        ORDERLAB_TRY(co_return, checkRunning(life));
        const auto transaction = m_deps.store.begin();
        auto order = co_await transaction->findOrder(id);
        if (!order)
            co_return order.error();
        if (!*order)
            co_return Error{ErrorCode::NotFound, Retry::Never, "there is no order with this id", {}};
        const TimePoint now = m_deps.runtime.now();
        ORDERLAB_TRY(co_return, (*order)->transitionTo(OrderStatus::Canceled, now));
        // A request of its own, and so a trace of its own.
        (void)drawnTrace(m_deps.runtime, now);
        const EventId event_id{m_deps.runtime.newUuid(now)};
        const Uuid trace = parent.trace.isNull() ? cancelTraceOf(id) : parent.trace;
        Event event =
            makeEvent(EventType::OrderCanceled, **order, event_id, now, {trace, spanOf(event_id), parent.is_sampled});
        setTracestate(event, tracestate);
        event.data.details = CancellationDetails{"canceled by the customer"};
        transaction->emit(std::move(event));
        transaction->updateOrder(**order);
        FaultPoint point;
        point.order = id;
        point.customer = (*order)->user_id;
        point.event_type = EventType::OrderCanceled;
        auto committed = co_await commit(*transaction, point, now);
        ORDERLAB_TRY(co_return, checkRunning(life));
        if (committed)
            co_return std::move(**order);
        if (committed.error().code != ErrorCode::Conflict || attempt == cancel_attempts_max)
            co_return committed.error();
    }
}

Task<Result<Order>> OrderService::find(OrderId id)
{
    auto order = co_await m_deps.store.findOrder(id);
    if (!order)
        co_return order.error();
    if (!*order)
        co_return Error{ErrorCode::NotFound, Retry::Never, "there is no order with this id", {}};
    co_return std::move(**order);
}

Task<Result<OrderPage>> OrderService::list(OrderQuery query)
{
    return m_deps.store.findOrders(std::move(query));
}

} // namespace orderlab
