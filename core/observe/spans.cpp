#include "observe/spans.h"

#include "domain/group_roles.h"
#include "observe/span_conventions.h"

#include <algorithm>

namespace orderlab {

namespace {

/// One more in a table that is full costs another one its place.
template <typename Table>
void makeRoom(Table& table, std::atomic<std::uint64_t>& lost)
{
    if (table.size() >= SpanFold::open_max) {
        table.erase(table.begin());
        ++lost;
    }
}

bool isDelivery(const Entry& entry)
{
    return entry.kind == EntryKind::EventDelivered && entry.attempt == 1 && entry.value == 0;
}

/// Whether `b` came to the member in the same batch as `a`, the one before.
bool isSameBatch(const Entry& a, const Entry& b)
{
    return isDelivery(b) && b.time_us == a.time_us && b.group == a.group && b.actor == a.actor && b.topic == a.topic
           && b.partition == a.partition && b.offset == a.offset + 1;
}

} // namespace

bool isTrouble(const Entry& entry, const Names& names)
{
    switch (entry.kind) {
    case EntryKind::DeadLetterReplayed:
    case EntryKind::DeadLetterDiscarded:
    case EntryKind::GatewayFailed:
    case EntryKind::EventRepublished:
    case EntryKind::InvariantViolated: return true;
    case EntryKind::StatusChanged: return names.text(entry.detail) == name(OrderStatus::Failed);
    default: break;
    }
    switch (stepOf(entry.kind)) {
    case EventStep::Failed:
    case EventStep::Kept:
    case EventStep::Parked:
    case EventStep::GivenUp: return true;
    case EventStep::None:
    case EventStep::Taken:
    case EventStep::Handled:
    case EventStep::Skipped: break;
    }
    return false;
}

SpanFold::SpanFold(const Names& names, const EntryTrace& traces, SpanOptions options,
                   std::function<void(std::vector<Span>)> sink)
    : m_names(names), m_traces(traces), m_options(std::move(options)), m_sink(std::move(sink)),
      m_system(m_options.messaging_system())
{
    if (m_options.sampler.root != TraceSampler::Root::On || m_options.sampler.is_parent_based)
        m_history = std::make_unique<SpanHistory>();
}

bool SpanFold::isRecorded(OrderId order) const
{
    const auto caller = m_traces.callerOf(order);
    return m_options.sampler.isSampled(caller ? caller->trace : traceOf(order), caller ? &*caller : nullptr)
           || m_troubled.contains(order);
}

/// An event with a trace of its own, such as a cancellation, is recorded as that trace is.
bool SpanFold::isRecorded(const Entry& entry) const
{
    const OrderId order(entry.order);
    if (!EntryTrace::isAboutEvent(entry)) // What the handler of such an event does, too.
        return isRecorded(order) || m_open.contains(entry.order);
    const auto own = m_traces.ownOf(EventId(entry.event));
    if (!own)
        return isRecorded(order);
    const bool is_ours = own->trace == cancelTraceOf(order);
    return m_options.sampler.isSampled(own->trace, is_ours ? nullptr : &*own) || m_troubled.contains(order);
}

bool SpanFold::isRecorded(const ServedRequest& request) const
{
    if (!request.order.isNull())
        return isRecorded(request.order);
    const Uuid own =
        request.canceled.isNull() ? Uuid{request.random_high, request.random} : cancelTraceOf(request.canceled);
    return m_options.sampler.isSampled(request.caller ? request.caller->trace : own,
                                       request.caller ? &*request.caller : nullptr)
           || (!request.canceled.isNull() && m_troubled.contains(request.canceled));
}

void SpanFold::onEntries(std::span<const Entry> entries, std::uint64_t first)
{
    takeRequests();
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const Entry& entry = entries[i];
        if (entry.kind == EntryKind::BusSwitched)
            m_system = m_options.messaging_system();
        if (entry.order.isNull())
            continue;
        if (isDelivery(entry) && (i == 0 || !isSameBatch(entries[i - 1], entry))) {
            std::size_t end = i + 1;
            while (end < entries.size() && isSameBatch(entries[end - 1], entries[end]))
                ++end;
            tellReceived(entries.subspan(i, end - i), first + i);
        }
        const OrderId order(entry.order);
        if (m_history && !isRecorded(entry)) {
            if (!isTrouble(entry, m_names)) {
                m_history->add(entry, first + i);
                continue;
            }
            rescue(order);
        }
        record(entry, first + i);
    }
    if (!m_out.empty())
        m_sink(std::exchange(m_out, {}));
}

/// From here on the order is told; and what came before, as far as it is known.
void SpanFold::rescue(OrderId order)
{
    m_troubled.add(order);
    for (const SpanHistory::Past& past : m_history->of(order))
        record(past.entry, past.number);
    std::erase_if(m_left_out, [&](const ServedRequest& one) {
        const bool is_its = one.order == order || one.canceled == order;
        if (is_its)
            tellRequest(one);
        return is_its;
    });
}

void SpanFold::record(const Entry& entry, std::uint64_t number)
{
    const OrderId order(entry.order);
    const auto commits = [&](std::string_view role) {
        if (Open* open = openOf(order, role))
            open->commit_us = entry.time_us;
    };
    switch (entry.kind) {
    case EntryKind::OrderAccepted:
        if (m_options.db_system.empty())
            return;
        if (m_stored.size() >= open_max) // Their requests were not told.
            m_stored.erase(m_stored.begin());
        m_stored[order].begun_us = entry.time_us;
        m_stored[order].number = number;
        return tellStored(order);
    case EntryKind::EventEmitted: return emitted(entry, number);
    case EntryKind::EventPublished: return published(entry, number);
    case EntryKind::EventRepublished:
    case EntryKind::DeadLetterReplayed: return sendAgain(entry, number);
    case EntryKind::EventDelivered: return delivered(entry, number);
    case EntryKind::GatewayCharged:
    case EntryKind::GatewayDeclined:
    case EntryKind::GatewayFailed:
    case EntryKind::GatewayRefunded: return calledGateway(entry, number);
    case EntryKind::PaymentRecorded: return commits(group_roles.pays);
    case EntryKind::NotificationWritten: return commits(group_roles.notifies);
    case EntryKind::StatusChanged:
        commits(group_roles.moves_orders);
        if (Open* open = openOf(order, group_roles.moves_orders)) {
            open->events.push_back({entry.time_us,
                                    "order status",
                                    {{conventions::status, std::string(m_names.text(entry.detail))},
                                     {conventions::entry, std::int64_t(number)}}});
        }
        return;
    case EntryKind::PublishFailed:
        if (const auto found = m_sending.find(entry.event); found != m_sending.end()) {
            found->second.events.push_back({entry.time_us,
                                            "publish failed",
                                            {{conventions::error_type, std::string(m_names.text(entry.detail))},
                                             {conventions::entry, std::int64_t(number)}}});
        }
        return;
    default:
        if (stepOf(entry.kind) != EventStep::None)
            ended(entry, number);
    }
}

// --- Events on their way to the log.

void SpanFold::emitted(const Entry& entry, std::uint64_t number)
{
    const OrderId order(entry.order);
    const auto found = m_sending.find(entry.event);
    const bool is_told = found == m_sending.end() ? m_sent.contains(entry.event) : found->second.emitted_us != 0;
    if (is_told)
        return; // A dead letter's replay, which has said so before.
    if (found == m_sending.end())
        makeRoom(m_sending, m_lost);
    Sending& sending = m_sending[entry.event];
    sending.order = order;
    sending.topic = entry.topic;
    sending.emitted_us = entry.time_us;
    sending.number = number;
    nameParent(EventId(entry.event), sending);
    const std::string_view topic = m_names.text(entry.topic);
    const bool is_of_request =
        topic == topicName(EventType::OrderCreated) || topic == topicName(EventType::OrderCanceled);
    if (Open* cause = is_of_request ? nullptr : openOf(order, group_roles.pays)) {
        sending.parent = m_traces.attemptSpan(cause->delivered);
        cause->commit_us = entry.time_us;
    }
    if (sending.published) { // The relay's thread was quicker to say so.
        tellSending(EventId(entry.event), sending);
        m_sending.erase(entry.event);
    }
}

/// The request that the event comes from: that of the order, or its cancellation.
void SpanFold::nameParent(EventId event, Sending& sending)
{
    const std::string_view topic = m_names.text(sending.topic);
    const OrderId order = sending.order;
    sending.parent = EntryTrace::requestSpan(order);
    const TraceContext root = m_traces.ofOrder(order);
    const bool is_cancellation = topic == topicName(EventType::OrderCanceled);
    if (is_cancellation || m_traces.ofEvent(order, event).trace != root.trace) // Or what came of one.
        sending.parent = cancelSpanOf(order);
    if (is_cancellation) // By a request of its own, perhaps of another trace.
        sending.links.push_back({root.trace, root.span});
}

void SpanFold::published(const Entry& entry, std::uint64_t number)
{
    auto found = m_sending.find(entry.event);
    if (found == m_sending.end()) {
        makeRoom(m_sending, m_lost);
        found = m_sending.try_emplace(entry.event).first;
        Sending& sending = found->second;
        sending.order = OrderId(entry.order);
        sending.topic = entry.topic;
        sending.number = number;
        m_strangers.emplace_back(entry.event, entry.time_us);
    }
    found->second.published = entry;
    if (found->second.emitted_us == 0)
        return;
    tellSending(EventId(entry.event), found->second);
    m_sending.erase(found);
}

/// The log has lost it, or a person gives it to its group once more.
void SpanFold::sendAgain(const Entry& entry, std::uint64_t number)
{
    makeRoom(m_sending, m_lost);
    Sending& sending = m_sending[entry.event];
    sending.order = OrderId(entry.order);
    sending.topic = entry.topic;
    sending.emitted_us = entry.time_us;
    sending.number = number;
    sending.id = mixedSpan(spanOf(EventId(entry.event)), number);
    sending.parent = spanOf(EventId(entry.event));
    if (const auto dead = m_dead.find(entry.event); dead != m_dead.end())
        sending.links.push_back(dead->second);
    if (sending.published) { // The relay's thread was quicker again.
        tellSending(EventId(entry.event), sending);
        m_sending.erase(entry.event);
    }
}

// --- Attempts.

bool SpanFold::isRole(NameId group, std::string_view role) const
{
    const std::string_view name = m_names.text(group);
    return name.ends_with(role) && (name.size() == role.size() || name[name.size() - role.size() - 1] == '.');
}

std::size_t SpanFold::findOpen(const std::vector<Open>& all, const Entry& entry) const
{
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].delivered.event == entry.event && all[i].delivered.group == entry.group)
            return i;
    }
    return all.size();
}

SpanFold::Open* SpanFold::openOf(OrderId order, std::string_view role, NameId topic)
{
    const auto found = m_open.find(order);
    if (found == m_open.end())
        return nullptr;
    for (Open& open : found->second) {
        if (isRole(open.delivered.group, role) && (topic == 0 || open.delivered.topic == topic) && open.failed_us == 0)
            return &open;
    }
    return nullptr;
}

void SpanFold::delivered(const Entry& entry, std::uint64_t number)
{
    if (!m_open.contains(entry.order))
        makeRoom(m_open, m_lost);
    std::vector<Open>& all = m_open[entry.order];
    Open open;
    open.delivered = entry;
    open.number = number;
    open.called_us = entry.time_us;
    const std::size_t place = findOpen(all, entry);
    if (place == all.size()) {
        all.push_back(std::move(open));
        return;
    }
    // Its member has gone, or has lost the partition.
    tellAttempt(all[place], entry.time_us, "redelivered");
    all[place] = std::move(open);
}

void SpanFold::ended(const Entry& entry, std::uint64_t number)
{
    const auto found = m_open.find(entry.order);
    if (found == m_open.end())
        return;
    std::vector<Open>& all = found->second;
    const std::size_t place = findOpen(all, entry);
    if (place == all.size() || all[place].delivered.actor != entry.actor)
        return; // Another member has it by now.
    Open& open = all[place];
    if (entry.kind == EntryKind::AttemptFailed) {
        open.failed_us = entry.time_us;
        open.error = entry.detail;
        return; // What becomes of the event is told next.
    }
    if (entry.kind != EntryKind::EventHandled) {
        Attributes more{{conventions::entry, std::int64_t(number)}};
        if (entry.kind == EntryKind::RetryScheduled || entry.kind == EntryKind::EventParked)
            more.push_back({conventions::delay_ms, std::int64_t{entry.value}});
        open.events.push_back({entry.time_us, name(entry.kind), std::move(more)});
    }
    if (entry.kind == EntryKind::DeadLettered) {
        const TraceContext trace = m_traces.ofEvent(OrderId(entry.order), EventId(entry.event));
        makeRoom(m_dead, m_lost);
        m_dead[entry.event] = {trace.trace, m_traces.attemptSpan(open.delivered)};
    }
    const bool is_failure = entry.kind != EntryKind::EventHandled && entry.kind != EntryKind::DuplicateSkipped;
    tellAttempt(open, open.failed_us != 0 ? open.failed_us : entry.time_us, is_failure ? name(entry.kind) : "");
    all.erase(all.begin() + std::ptrdiff_t(place));
    if (all.empty())
        m_open.erase(found);
}

void SpanFold::calledGateway(const Entry& entry, std::uint64_t number)
{
    Open* open = openOf(OrderId(entry.order), group_roles.pays);
    if (!open)
        return;
    Span span = spanFor(entry, number, SpanKind::Client, "");
    span.trace = m_traces.ofEvent(OrderId(entry.order), EventId(open->delivered.event)).trace;
    span.id = mixedSpan(m_traces.attemptSpan(open->delivered), number);
    span.parent = m_traces.attemptSpan(open->delivered);
    span.name = entry.kind == EntryKind::GatewayRefunded ? "refund" : "charge";
    span.attributes.push_back({conventions::peer, std::string("payment-gateway")});
    // The journal knows when the gateway answered, not when it was asked: not before its attempt or the last answer.
    span.start_us = std::exchange(open->called_us, entry.time_us);
    span.end_us = entry.time_us;
    span.is_error = entry.kind == EntryKind::GatewayFailed;
    if (span.is_error) {
        span.error = m_names.text(entry.detail);
        span.attributes.push_back({conventions::error_type, std::string(name(entry.kind))});
    }
    m_out.push_back(std::move(span));
}

// --- What does not come by the journal.

void SpanFold::onRequest(ServedRequest request)
{
    const MutexLock lock(m_request_mutex);
    if (m_requests.size() < requests_max)
        m_requests.push_back(std::move(request));
    else
        ++m_lost;
}

void SpanFold::takeRequests()
{
    std::vector<ServedRequest> requests;
    {
        const MutexLock lock(m_request_mutex);
        requests.swap(m_requests);
    }
    for (ServedRequest& request : requests) {
        if (isRecorded(request))
            tellRequest(request);
        else if (!request.order.isNull() || !request.canceled.isNull()) {
            m_left_out.push_back(std::move(request));
            if (m_left_out.size() > requests_max)
                m_left_out.pop_front();
        }
    }
}

void SpanFold::drain(std::int64_t now_us)
{
    takeRequests();
    // Events that another process has emitted, and those that a relay could not mark and has published once more:
    // nobody will say more of them.
    while (!m_strangers.empty() && m_strangers.front().second + stranger_wait.count() < now_us) {
        const auto found = m_sending.find(m_strangers.front().first);
        if (found != m_sending.end() && found->second.emitted_us == 0 && found->second.published) {
            found->second.emitted_us = found->second.published->time_us;
            nameParent(EventId(found->first), found->second);
            tellSending(EventId(found->first), found->second);
            m_sending.erase(found);
        }
        m_strangers.pop_front();
    }
    if (!m_out.empty())
        m_sink(std::exchange(m_out, {}));
}

} // namespace orderlab
