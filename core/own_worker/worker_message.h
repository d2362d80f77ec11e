#pragma once
#include "base/result.h"
#include "domain/event.h"

#include <optional>
#include <string>

namespace orderlab {

// The lines of docs/worker-protocol.md.

inline constexpr int worker_protocol = 1;
inline constexpr std::size_t worker_line_bytes_max = 64 * 1024;
inline constexpr std::size_t worker_value_bytes_max = 16 * 1024;
inline constexpr std::size_t worker_key_bytes_max = 200;
inline constexpr std::size_t worker_lines_max = 1'000; ///< Of one attempt.
inline constexpr std::uint64_t worker_pipeline_max = 128;

enum class WorkerSays : std::uint8_t {
    Ready,
    Read,
    Charge,
    Refund,
    SetStatus,
    Now,
    Random,
    Sleep,
    Write,
    Notify,
    Emit,
    Done,
    Fail,
};

/// Whether an answer is expected.
bool isQuestion(WorkerSays what);

/// A line from a worker. A value.
struct WorkerMessage {
    WorkerSays what = WorkerSays::Done;
    std::uint64_t id = 0; ///< The attempt's; 0: Ready.
    std::string wrong;    ///< Why what it wants cannot be done; empty: its members are right.
    std::string key;      ///< Read, Write; Charge, Refund: the payment key, empty: none.
    std::string text;     ///< Charge: the amount, empty: the event's; SetStatus: the status; Fail: the message.
    std::optional<std::string> value; ///< Write: JSON; nothing deletes. Emit: the event's details, a JSON object.
    EventType topic = EventType::OrderCreated; ///< Emit.
    std::uint64_t number = 0;                  ///< Sleep: milliseconds; Ready: pipeline.
    Retry retry = Retry::Later;                ///< Fail.
};

/// Error: Corrupt: it is no message, and nobody can say what it is about.
Result<WorkerMessage> readWorkerLine(std::string_view line);

/// For messages: of what somebody else wrote, as much as a person wants to read, without control characters.
std::string shownText(std::string_view text, std::size_t bytes_max = 300);

// Without the line feed.
std::string initLine(std::string_view group, std::string_view member, std::uint64_t seed, bool is_simulated,
                     std::span<const EventType> topics);
/// The part of an event's line behind its id.
std::string eventText(const Event& event, std::uint8_t attempt, std::uint16_t partition, std::int64_t offset);
/// `value`: JSON.
std::string answerLine(std::uint64_t id, std::string_view value);
std::string errorLine(std::uint64_t id, const Error& error);
/// `value` as JSON.
std::string jsonText(std::string_view value);

} // namespace orderlab
