#include "own_worker/worker_attempt.h"

#include "base/sha256.h"
#include "domain/event_codec.h"
#include "domain/trace_state.h"
#include "runtime/with_timeout.h"

#include <algorithm>
#include <cstdio>

namespace orderlab {

namespace {

Error wrongWish(std::string message)
{
    return {ErrorCode::PeerFailed, Retry::Later, "the worker: " + std::move(message), {}};
}

} // namespace

WorkerAttempt::~WorkerAttempt()
{
    if (m_exchange)
        m_link->abandon(*m_exchange);
}

Task<Result<void>> WorkerAttempt::run()
{
    const std::int64_t place = m_context.events.empty() ? 0 : &m_event - m_context.events.data();
    const std::int64_t offset = m_context.first_offset + place;
    std::string text = eventText(m_event, m_context.attempt, m_context.partition, offset);
    auto opened = co_await m_link->open(std::move(text));
    if (!opened)
        co_return opened.error();
    m_exchange = std::move(*opened);
    for (;;) {
        const auto message = co_await m_link->next(*m_exchange);
        if (!message)
            co_return message.error();
        if (message->what == WorkerSays::Done || message->what == WorkerSays::Fail) {
            m_link->close(*std::exchange(m_exchange, nullptr));
            if (message->what == WorkerSays::Done)
                co_return Result<void>{};
            co_return failureOf(*message);
        }
        if (!isQuestion(message->what)) {
            ORDERLAB_TRY(co_return, doEffect(*message));
            continue;
        }
        auto answer = co_await answerTo(*message);
        if (isCanceled(answer))
            co_return answer.error();
        m_outage = answer || !isInfrastructure(answer.error()) ? std::nullopt : std::optional(answer.error());
        m_link->answer(*m_exchange,
                       answer ? answerLine(m_exchange->id, *answer) : errorLine(m_exchange->id, answer.error()));
    }
}

/// An outage that the worker could not help is told as such: it costs no attempt.
Error WorkerAttempt::failureOf(const WorkerMessage& message) const
{
    if (m_outage && message.retry != Retry::Never)
        return *m_outage;
    const std::string text = message.wrong.empty() ? message.text : "its fail is wrong: " + message.wrong;
    switch (message.retry) {
    case Retry::Now: return {ErrorCode::Conflict, Retry::Now, text, {}};
    case Retry::Later: return {ErrorCode::PeerFailed, Retry::Later, text, {}};
    case Retry::Never: break;
    }
    return {ErrorCode::Rejected, Retry::Never, text, {}};
}

Task<WorkerAttempt::Answer> WorkerAttempt::answerTo(const WorkerMessage& message)
{
    if (!message.wrong.empty())
        co_return Error{ErrorCode::InvalidArgument, Retry::Never, message.wrong, {}};
    switch (message.what) {
    case WorkerSays::Read: co_return co_await read(message);
    case WorkerSays::Charge: co_return co_await charge(message);
    case WorkerSays::Refund: co_return co_await refund(message);
    case WorkerSays::SetStatus: co_return co_await setStatus(message);
    case WorkerSays::Sleep: co_return co_await letTimePass(message);
    case WorkerSays::Now: {
        const TimePoint now = m_deps.runtime.now();
        co_return R"({"time":")" + toRfc3339(now) + R"(","unix_us":)" + std::to_string(toMicros(now)) + "}";
    }
    case WorkerSays::Random: {
        char unit[40];
        std::snprintf(unit, sizeof unit, "%.17g", m_deps.runtime.randomUnit());
        co_return std::string(R"({"unit":)") + unit + R"(,"uuid":")" + m_deps.runtime.newUuid().toString() + "\"}";
    }
    default: break;
    }
    co_return internalError("no answer to a worker's question");
}

Task<WorkerAttempt::Answer> WorkerAttempt::read(const WorkerMessage& message)
{
    const WorkerStateKey key = stateKey(message.key);
    const auto value = co_await m_context.transaction.readState(key);
    if (!value)
        co_return value.error();
    m_read[message.key] = m_context.transaction.stateWrites(key);
    co_return *value ? **value : std::string("null");
}

/// A UUID is the key itself; of any other text a hash, with the group's name, as UUIDv8.
Uuid WorkerAttempt::paymentKey(const std::string& key) const
{
    if (key.empty())
        return {};
    if (const auto id = Uuid::parse(key))
        return *id;
    const std::string hash = sha256Hex(std::string(m_context.stored_group) + '\n' + key).substr(0, 32);
    std::string text = hash.substr(0, 8) + '-' + hash.substr(8, 4) + "-8" + hash.substr(13, 3) + "-8"
                       + hash.substr(17, 3) + '-' + hash.substr(20, 12);
    return Uuid::parse(text).value();
}

Task<WorkerAttempt::Answer> WorkerAttempt::charge(const WorkerMessage& message)
{
    Money total = m_event.data.total;
    if (!message.text.empty()) {
        const auto amount = Money::parse(message.text, total.currency);
        if (!amount || amount->amount_minor < 1 || amount->amount_minor > amount_minor_max)
            co_return Error{ErrorCode::InvalidArgument,
                            Retry::Never,
                            "amount must be above 0, at most 1000000.00, with at most two decimals",
                            {}};
        total = *amount;
    }
    ChargeRequest request{m_event.order, m_event.data.user_id, total, paymentKey(message.key), m_context.attempt};
    const auto answer = co_await m_deps.gateway.charge(std::move(request));
    if (!answer)
        co_return answer.error();
    if (answer->approved)
        co_return "{\"approved\":true,\"payment\":\"" + answer->payment.toString() + "\"}";
    co_return R"({"approved":false,"reason":)" + jsonText(answer->reason) + "}";
}

Task<WorkerAttempt::Answer> WorkerAttempt::refund(const WorkerMessage& message)
{
    if (message.key.empty())
        co_return Error{ErrorCode::Rejected,
                        Retry::Never,
                        "without the payment key of its charge, nothing can be found to give back",
                        {}};
    const Uuid key = paymentKey(message.key);
    const auto returned = co_await m_deps.gateway.refund(m_event.order, key);
    if (!returned)
        co_return returned.error();
    co_return std::string(*returned ? R"({"returned":true})" : R"({"returned":false})");
}

Task<WorkerAttempt::Answer> WorkerAttempt::setStatus(const WorkerMessage& message)
{
    const auto status = orderStatusOf(message.text);
    if (!status || *status == OrderStatus::Created)
        co_return Error{ErrorCode::InvalidArgument, Retry::Never, "status must be paid, failed or canceled", {}};
    auto order = co_await m_context.transaction.findOrder(m_event.order);
    if (!order)
        co_return order.error();
    if (!*order)
        co_return Error{ErrorCode::NotFound, Retry::Later, "the event's order is not in the store", {}};
    const auto& updated = m_context.transaction.writes().updated_orders;
    const auto own =
        std::find_if(updated.rbegin(), updated.rend(), [this](const Order& one) { return one.id == m_event.order; });
    const OrderStatus now = own != updated.rend() ? own->status : (*order)->status;
    const bool changes = !isFinal(now);
    if (changes) {
        const auto moved = (*order)->transitionTo(*status, m_context.now);
        if (!moved)
            co_return moved.error();
        m_context.transaction.updateOrder(std::move(**order));
    }
    co_return R"({"status":")" + std::string(name(changes ? *status : now)) + R"(","changed":)"
        + (changes ? "true}" : "false}");
}

Task<WorkerAttempt::Answer> WorkerAttempt::letTimePass(const WorkerMessage& message)
{
    const Duration duration = std::chrono::milliseconds{message.number};
    const bool slept = co_await m_deps.runtime.sleepUnlessCancelled(duration);
    if (!slept)
        co_return canceledError();
    co_return std::string("null");
}

Result<void> WorkerAttempt::doEffect(const WorkerMessage& message)
{
    if (!message.wrong.empty())
        return wrongWish(message.wrong);
    switch (message.what) {
    case WorkerSays::Write: return write(message);
    case WorkerSays::Emit: return emit(message);
    case WorkerSays::Notify:
        m_context.transaction.insertNotification(
            {m_event.id, m_event.order, m_event.type, m_event.data.user_id, m_event.data.total, m_context.now});
        return {};
    default: return wrongWish("it says \"ready\" about an attempt");
    }
}

/// Events of one batch are in one transaction: what another of them has written since must not be lost.
Result<void> WorkerAttempt::write(const WorkerMessage& message)
{
    const WorkerStateKey key = stateKey(message.key);
    const auto read = m_read.find(message.key);
    if (read != m_read.end() && read->second != m_context.transaction.stateWrites(key))
        return wrongWish("the value of \"" + shownText(message.key, 60)
                         + "\" was changed for another event since it was read");
    m_context.transaction.writeState(key, message.value, m_context.now);
    if (read != m_read.end())
        read->second = m_context.transaction.stateWrites(key);
    return {};
}

Result<void> WorkerAttempt::emit(const WorkerMessage& message)
{
    if (std::find(m_taken.begin(), m_taken.end(), message.topic) != m_taken.end())
        return wrongWish("it must not emit " + std::string(topicName(message.topic)) + ", which it takes itself");
    Event event;
    event.id = EventId{m_context.new_uuid()};
    event.order = m_event.order;
    event.type = message.topic;
    event.time = m_context.now;
    event.trace = {m_event.trace.trace.isNull() ? traceOf(m_event.order) : m_event.trace.trace, spanOf(event.id),
                   m_event.trace.is_sampled};
    setTracestate(event, tracestateOf(m_event));
    event.data = {m_event.data.user_id, m_event.data.total, noDetailsOf(event.type)};
    const auto read = decodeDetails(event.data.details, *message.value);
    if (!read)
        return wrongWish("the data of " + std::string(topicName(message.topic)) + ": " + read.error().field + ' '
                         + read.error().message);
    m_context.transaction.emit(std::move(event));
    return {};
}

} // namespace orderlab
