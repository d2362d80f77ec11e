#pragma once
#include <string_view>

/// The names of OpenTelemetry's semantic conventions that Orderlab's spans use. All of them are here, so that another
/// version of the conventions is a change of this file.
namespace orderlab::conventions {

inline constexpr std::string_view version = "1.44.0";
inline constexpr std::string_view schema_url = "https://opentelemetry.io/schemas/1.44.0";

// Messaging.
inline constexpr std::string_view system = "messaging.system", destination = "messaging.destination.name",
                                  partition = "messaging.destination.partition.id",
                                  group = "messaging.consumer.group.name", operation_name = "messaging.operation.name",
                                  operation_type = "messaging.operation.type", message_id = "messaging.message.id",
                                  conversation = "messaging.message.conversation_id", client = "messaging.client.id",
                                  kafka_offset = "messaging.kafka.offset",
                                  batch_count = "messaging.batch.message_count";
inline constexpr std::string_view system_kafka = "kafka", system_memory = "orderlab_memory";
// Both the operation's type and its name.
inline constexpr std::string_view send = "send", receive = "receive", process = "process";

// HTTP.
inline constexpr std::string_view http_method = "http.request.method", http_route = "http.route",
                                  http_status = "http.response.status_code", url_path = "url.path",
                                  url_scheme = "url.scheme";

// Databases.
inline constexpr std::string_view db_system = "db.system.name", db_operation = "db.operation.name";
inline constexpr std::string_view db_postgresql = "postgresql";

// Anything.
inline constexpr std::string_view error_type = "error.type", error_other = "_OTHER", peer = "service.peer.name";

// Ours: the entry of the journal that a span, an event or a line of the log comes from.
inline constexpr std::string_view entry = "orderlab.entry", attempt = "orderlab.attempt", order = "orderlab.order.id",
                                  delay_ms = "orderlab.delay_ms", status = "orderlab.order.status",
                                  gave_up = "orderlab.dead_lettered";

} // namespace orderlab::conventions
