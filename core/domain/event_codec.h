#pragma once
#include "domain/event.h"

namespace orderlab {

/// CloudEvents source of everything Orderlab emits.
inline constexpr std::string_view event_source = "/orderlab";

/// The CloudEvents attributes as headers of the Kafka binary binding: ce_id, ce_source, ce_type, ce_subject, ce_time,
/// ce_specversion, content-type, traceparent; then the event's extensions.
std::vector<Header> encodeHeaders(const Event& event);

/// The event's data as JSON: {"user_id","amount","currency"} and the members of its details that are not empty.
std::string encodeData(const EventData& data);

/// The details alone, in the same way; "{}" when they are empty.
std::string encodeDetails(const EventDetails& details);
/// Reads what encodeDetails() writes into `details`; what is absent becomes empty. Error: as decodeData().
Result<void> decodeDetails(EventDetails& details, std::string_view text);

/// About what encodeHeaders(), encodeData() and the key take together, without writing them; of a record that could not
/// be decoded, what it took. Within a tenth for events of usual size.
std::size_t encodedBytes(const Event& event);

/// Reads what encodeData() writes for an event of `type`; unknown members are ignored. `text`: at most 64 KiB.
/// Error: InvalidArgument with the field to blame, or Corrupt when it is not JSON.
Result<EventData> decodeData(EventType type, std::string_view text);

/// Reads a whole event from headers and data. Error: Corrupt with the header or field to blame; retry Never.
Result<Event> decodeEvent(const std::vector<Header>& headers, std::string_view data);

} // namespace orderlab
