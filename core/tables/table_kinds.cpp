#include "tables/table_kinds.h"

#include <algorithm>

namespace orderlab {

namespace {

using Column = TableKind::Column;

constexpr std::string_view uuid = "uuid", text = "text", small = "smallint", integer = "integer", big = "bigint",
                           moment = "timestamp with time zone", currency = "character(3)", boolean = "boolean",
                           json = "json", jsonb = "jsonb", bytes = "bytea", event_type = "event_type";

constexpr Column orders[] = {{"id", uuid},           {"user_id", text},    {"amount_minor", big},
                             {"currency", currency}, {"status", text},     {"created_at", moment},
                             {"updated_at", moment}, {"version", integer}, {"filed_status", text}};
constexpr Column outbox[] = {{"sequence", big},          {"event_time", moment},   {"amount_minor", big},
                             {"span_id", big},           {"published_at", moment}, {"log_offset", big},
                             {"event_id", uuid},         {"order_id", uuid},       {"trace_id", uuid},
                             {"log_partition", integer}, {"type", event_type},     {"slot", small},
                             {"kept", boolean},          {"currency", currency},   {"user_id", text},
                             {"payment_id", uuid},       {"reason", text},         {"target_group", text},
                             {"extensions", json},       {"details", jsonb},       {"trace_flags", small}};
constexpr Column processed_events[] = {{"consumer_group", text}, {"event_id", uuid}, {"processed_at", moment}};
constexpr Column payments[] = {{"order_id", uuid},     {"payment_id", uuid},   {"outcome", text},
                               {"amount_minor", big},  {"currency", currency}, {"reason", text},
                               {"updated_at", moment}, {"version", integer}};
constexpr Column refunds[] = {
    {"order_id", uuid}, {"payment_id", uuid}, {"amount_minor", big}, {"currency", currency}, {"refunded_at", moment}};
constexpr Column notifications[] = {{"id", big},           {"created_at", moment}, {"amount_minor", big},
                                    {"event_id", uuid},    {"order_id", uuid},     {"currency", currency},
                                    {"about", event_type}, {"user_id", text}};
constexpr Column analytics[] = {{"minute", moment}, {"currency", currency}, {"orders", big},        {"paid", big},
                                {"failed", big},    {"canceled", big},      {"revenue_minor", big}, {"slot", small}};
constexpr Column dead_letters[] = {{"id", uuid},
                                   {"consumer_group", text},
                                   {"event_id", uuid},
                                   {"order_id", uuid},
                                   {"type", text},
                                   {"event_time", moment},
                                   {"traceparent", text},
                                   {"extensions", json},
                                   {"data", json},
                                   {"partition", integer},
                                   {"log_offset", big},
                                   {"attempts", integer},
                                   {"error", text},
                                   {"created_at", moment},
                                   {"code", text},
                                   {"attempts_made", jsonb},
                                   {"state", text},
                                   {"audit", jsonb},
                                   {"raw_key", bytes},
                                   {"raw_value", bytes},
                                   {"published_at", moment},
                                   {"is_record", boolean}};
constexpr Column parked_events[] = {{"consumer_group", text}, {"event_id", uuid},     {"order_id", uuid},
                                    {"type", text},           {"event_time", moment}, {"traceparent", text},
                                    {"extensions", json},     {"data", json},         {"partition", integer},
                                    {"log_offset", big},      {"attempts", integer},  {"attempts_made", jsonb},
                                    {"parked_at", moment},    {"due_at", moment}};
constexpr Column idempotency_keys[] = {
    {"key", text}, {"fingerprint", text}, {"order_id", uuid}, {"created_at", moment}};
constexpr Column gateway_ledger[] = {{"sequence", big},      {"kind", text},        {"payment_id", uuid},
                                     {"payment_key", uuid},  {"order_id", uuid},    {"amount_minor", big},
                                     {"currency", currency}, {"created_at", moment}};
constexpr Column worker_state[] = {{"consumer_group", text}, {"key", text}, {"value", text}, {"updated_at", moment}};
constexpr Column inbox[] = {{"event_id", uuid}, {"processed_at", integer}, {"group_id", small}};
constexpr Column consumer_groups[] = {{"id", small}, {"name", text}};

} // namespace

std::span<const TableKind> tableKinds()
{
    static constexpr TableKind kinds[] = {
        {"orders", orders, "id", "created_at DESC, id DESC"},
        {"outbox", outbox, "event_id,target_group", "sequence DESC, event_time DESC, event_id DESC"},
        {"processed_events", processed_events, "event_id,consumer_group", "event_id DESC, consumer_group", true},
        {"payments", payments, "order_id", "updated_at DESC, order_id DESC"},
        {"refunds", refunds, "order_id", "refunded_at DESC, order_id DESC"},
        {"notifications", notifications, "id", "created_at DESC, id DESC"},
        {tableIn("orderlab.analytics"), analytics, "minute,currency,slot", "minute DESC, currency, slot"},
        {"dead_letters", dead_letters, "id", "created_at DESC, id DESC"},
        {"parked_events", parked_events, "event_id,consumer_group", "parked_at DESC, event_id DESC, consumer_group"},
        {"idempotency_keys", idempotency_keys, "key", "created_at DESC, key"},
        {"gateway_ledger", gateway_ledger, "sequence", "sequence DESC"},
        {"worker_state", worker_state, "consumer_group,key", "updated_at DESC, consumer_group, key"},
        {"inbox", inbox, "event_id,group_id", "event_id DESC, group_id"},
        {"consumer_groups", consumer_groups, "id", "id"},
    };
    return kinds;
}

const TableKind* findTableKind(std::string_view name)
{
    const auto kinds = tableKinds();
    const auto found =
        std::find_if(kinds.begin(), kinds.end(), [&](const TableKind& kind) { return kind.name == name; });
    return found == kinds.end() ? nullptr : &*found;
}

std::vector<std::string> namesIn(std::string_view list)
{
    std::vector<std::string> names;
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        names.emplace_back(list.substr(0, comma));
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return names;
}

} // namespace orderlab
