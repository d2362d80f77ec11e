#pragma once
#include "bus/topic_browser.h"

#include <QString>

#include <optional>

namespace orderlab::ui {

/// How the bytes of a record's value are shown.
enum class PayloadForm : std::uint8_t { Json, Text, Hex };

/// More than this of a value is not shown; the text says so.
inline constexpr std::size_t payload_shown_max = 64 * 1024;

/// A value for people: JSON a member a line (as it is where it is no JSON), text (with what is not UTF-8 replaced), or
/// bytes with their offsets. "none (null)" where there is none.
QString payloadText(const std::optional<std::string>& value, PayloadForm form);
/// The form that shows most of it.
PayloadForm formFor(const std::optional<std::string>& value);
/// A header a line: "ce_id: 0190…".
QString headersText(const LogRecord& record);
/// Bytes in one line: text, or hex where they are none; "–" where there are none.
QString bytesText(const std::optional<std::string>& bytes, std::size_t shown_max = 200);
/// "412 B", "1.4 kB".
QString recordSizeText(std::size_t bytes);

/// The whole record as one JSON object: topic, partition, offset, time, key, headers, value; what is no text is in
/// base64, in a member with the ending "_base64".
QString recordJson(const QString& topic, const LogRecord& record);

/// Where a person wants to go in a topic.
struct SeekTarget {
    std::optional<std::int64_t> offset;
    std::optional<TimePoint> time;
};
/// "120" or "#120": an offset; "+1.5 s", "1.5s", "200 ms", "2 min": since the start of the run; "14:03:07.5": of the
/// day of `now`, local; "2026-01-01 14:03" or with a T: local, with a Z: UTC. Error: InvalidArgument, with what can be
/// typed.
Result<SeekTarget> seekTarget(const QString& text, TimePoint started_at, TimePoint now);

} // namespace orderlab::ui
