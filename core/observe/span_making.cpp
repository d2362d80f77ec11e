#include "observe/span_conventions.h"
#include "observe/spans.h"

#include <algorithm>

// How SpanFold words its spans: by the messaging, HTTP and database conventions.
namespace orderlab {

std::string SpanFold::topicOf(NameId topic) const
{
    return m_options.topic_prefix + std::string(m_names.text(topic));
}

/// With what every span has that is about an event: `operation` is empty for those that are not.
Span SpanFold::spanFor(const Entry& entry, std::uint64_t number, SpanKind kind, std::string_view operation) const
{
    Span span;
    span.kind = kind;
    span.attributes = {{conventions::entry, std::int64_t(number)}, {conventions::order, entry.order.toString()}};
    if (operation.empty())
        return span;
    span.name = std::string(operation) + ' ' + topicOf(entry.topic);
    const Attributes of_event{{conventions::system, m_system},
                              {conventions::destination, topicOf(entry.topic)},
                              {conventions::operation_name, std::string(operation)},
                              {conventions::operation_type, std::string(operation)},
                              {conventions::message_id, entry.event.toString()},
                              {conventions::conversation, entry.order.toString()}};
    span.attributes.insert(span.attributes.end(), of_event.begin(), of_event.end());
    if (entry.offset >= 0) {
        span.attributes.push_back({conventions::partition, std::to_string(entry.partition)});
        span.attributes.push_back({conventions::kafka_offset, entry.offset});
    }
    if (entry.group != 0)
        span.attributes.push_back({conventions::group, std::string(m_names.text(entry.group))});
    if (entry.actor != 0)
        span.attributes.push_back({conventions::client, std::string(m_names.text(entry.actor))});
    return span;
}

void SpanFold::tellSending(EventId event, const Sending& sending)
{
    const Entry& entry = *sending.published;
    Span span = spanFor(entry, sending.number, SpanKind::Producer, conventions::send);
    const TraceContext trace = m_traces.ofEvent(sending.order, event);
    span.trace = trace.trace;
    span.id = sending.id != 0 ? sending.id : trace.span;
    span.parent = sending.parent;
    if (sending.id == 0 && !m_sent.add(event)) { // Published once more.
        span.id = mixedSpan(trace.span, sending.number);
        span.parent = trace.span;
    }
    span.start_us = sending.emitted_us;
    span.end_us = entry.time_us;
    span.events = sending.events;
    span.links = sending.links;
    m_out.push_back(std::move(span));
}

/// `error_type`: empty: it went well.
void SpanFold::tellAttempt(const Open& open, std::int64_t end_us, std::string_view error_type)
{
    const Entry& entry = open.delivered;
    Span span = spanFor(entry, open.number, SpanKind::Consumer, conventions::process);
    const TraceContext trace = m_traces.ofEvent(OrderId(entry.order), EventId(entry.event));
    span.trace = trace.trace;
    span.id = m_traces.attemptSpan(entry);
    span.parent = trace.span;
    span.start_us = entry.time_us;
    span.end_us = end_us;
    span.events = open.events;
    span.attributes.push_back({conventions::attempt, std::int64_t{entry.attempt}});
    span.is_error = !error_type.empty();
    if (span.is_error) {
        span.error = open.error != 0 ? std::string(m_names.text(open.error)) : std::string(error_type);
        span.attributes.push_back({conventions::error_type, std::string(error_type)});
    } else if (open.commit_us != 0 && !m_options.db_system.empty()) {
        Span commit = commitSpan(span.trace, span.id, open.commit_us, end_us);
        commit.attributes.push_back({conventions::entry, std::int64_t(open.number)});
        m_out.push_back(std::move(commit));
    }
    m_out.push_back(std::move(span));
}

Span SpanFold::commitSpan(const Uuid& trace, std::uint64_t parent, std::int64_t start_us, std::int64_t end_us) const
{
    Span commit;
    commit.kind = SpanKind::Client;
    commit.trace = trace;
    commit.id = mixedSpan(parent, 0);
    commit.parent = parent;
    commit.name = "COMMIT";
    commit.start_us = start_us;
    commit.end_us = end_us;
    commit.attributes = {{conventions::db_system, m_options.db_system},
                         {conventions::db_operation, std::string("COMMIT")}};
    return commit;
}

/// The journal tells when a new order's transaction began; it has ended when the request is answered.
void SpanFold::tellStored(OrderId order)
{
    const Stored& stored = m_stored[order];
    if (stored.begun_us == 0 || stored.answered_us == 0)
        return;
    const TraceContext trace = m_traces.ofOrder(order);
    Span commit = commitSpan(trace.trace, trace.span, stored.begun_us, stored.answered_us);
    commit.attributes.push_back({conventions::entry, std::int64_t(stored.number)});
    m_out.push_back(std::move(commit));
    m_stored.erase(order);
}

/// A poll that brought events: a trace of its own, with a link to each that is recorded.
void SpanFold::tellReceived(std::span<const Entry> batch, std::uint64_t first)
{
    std::vector<SpanLink> links;
    for (const Entry& entry : batch) {
        if (links.size() < links_max && !entry.order.isNull() && isRecorded(entry)) {
            const TraceContext trace = m_traces.ofEvent(OrderId(entry.order), EventId(entry.event));
            links.push_back({trace.trace, trace.span});
        }
    }
    if (links.empty())
        return;
    const Entry& entry = batch.front();
    Span span = spanFor(entry, first, SpanKind::Client, conventions::receive);
    std::erase_if(span.attributes, [](const Attribute& one) {
        return one.key == conventions::message_id || one.key == conventions::conversation
               || one.key == conventions::order;
    });
    span.attributes.push_back({conventions::batch_count, std::int64_t(batch.size())});
    span.id = mixedSpan(m_traces.attemptSpan(entry), first);
    span.trace = {mixedSpan(span.id, 1), mixedSpan(span.id, 2)};
    span.start_us = span.end_us = entry.time_us;
    span.links = std::move(links);
    m_out.push_back(std::move(span));
}

void SpanFold::tellRequest(const ServedRequest& request)
{
    Span span;
    span.kind = SpanKind::Server;
    span.name = request.method + (request.route.empty() ? "" : ' ' + request.route);
    if (!request.order.isNull()) {
        const TraceContext trace = m_traces.ofOrder(request.order);
        span.trace = trace.trace;
        span.id = trace.span;
        span.attributes.push_back({conventions::order, request.order.toString()});
    } else if (!request.canceled.isNull()) {
        span.trace = request.caller ? request.caller->trace : cancelTraceOf(request.canceled);
        span.id = cancelSpanOf(request.canceled);
        span.attributes.push_back({conventions::order, request.canceled.toString()});
    } else {
        span.trace = request.caller ? request.caller->trace : Uuid{request.random_high, request.random};
        span.id = mixedSpan(request.random_high, request.random);
    }
    span.parent = request.caller ? request.caller->span : 0;
    span.start_us = request.start_us;
    span.end_us = request.end_us;
    span.attributes.push_back({conventions::http_method, request.method});
    if (!request.route.empty())
        span.attributes.push_back({conventions::http_route, request.route});
    span.attributes.push_back({conventions::http_status, std::int64_t{request.status}});
    span.attributes.push_back({conventions::url_path, request.path});
    span.attributes.push_back({conventions::url_scheme, std::string(m_options.is_https ? "https" : "http")});
    if (request.status >= 500) {
        span.is_error = true;
        span.attributes.push_back({conventions::error_type, std::to_string(request.status)});
    }
    m_out.push_back(std::move(span));
    if (request.order.isNull() || m_options.db_system.empty())
        return;
    m_stored[request.order].answered_us = request.end_us;
    tellStored(request.order);
}

} // namespace orderlab
