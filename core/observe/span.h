#pragma once
#include "base/uuid.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace orderlab {

/// As OpenTelemetry numbers them (opentelemetry/proto/trace/v1).
enum class SpanKind : std::uint8_t { Internal = 1, Server = 2, Client = 3, Producer = 4, Consumer = 5 };

using AttributeValue = std::variant<std::string, std::int64_t, double, bool>;
struct Attribute {
    std::string_view key; ///< A constant.
    AttributeValue value;
};
using Attributes = std::vector<Attribute>;

struct SpanEvent {
    std::int64_t time_us = 0;
    std::string_view name; ///< A constant.
    Attributes attributes = {};
};

struct SpanLink {
    Uuid trace;
    std::uint64_t span = 0;
};

/// What OpenTelemetry calls a span: an operation with a beginning and an end. A value.
struct Span {
    Uuid trace;
    std::uint64_t id = 0;
    std::uint64_t parent = 0; ///< 0: a root.
    SpanKind kind = SpanKind::Internal;
    std::string name;
    std::int64_t start_us = 0, end_us = 0; ///< Since 1970.
    Attributes attributes = {};
    std::vector<SpanEvent> events = {};
    std::vector<SpanLink> links = {};
    bool is_error = false;
    std::string error = {}; ///< What went wrong, for people.
};

} // namespace orderlab
