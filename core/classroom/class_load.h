#pragma once
#include "base/result.h"
#include "base/time.h"
#include "runtime/runtime.h"

#include <functional>
#include <string>

namespace orderlab {

/// A class without people: students who join, keep a page open, buy, look and vote.
struct ClassLoadOptions {
    std::string host = "127.0.0.1";
    std::uint16_t port = 0;
    std::string code;
    std::size_t students = 100; ///< 1 to 200.
    Duration length{std::chrono::seconds{20}};
    Duration pace{std::chrono::seconds{3}};      ///< Between two acts of one student.
    Duration patience{std::chrono::seconds{30}}; ///< For orders to be settled after the last act.
};

struct ClassLoadReport {
    std::size_t students = 0, requests = 0;
    std::size_t refused = 0; ///< Answers of 400 and above; but those to votes in a round that is over.
    std::size_t failed = 0;  ///< Requests without an answer.
    std::size_t bought = 0, settled = 0;
    std::size_t votes = 0;
    std::size_t messages = 0; ///< Server-sent events.
    std::size_t returned = 0; ///< Pages that were cut off on purpose and came back.
    std::size_t stale = 0;    ///< Pages that do not show how everything ended.
    double seconds = 0, p50_ms = 0, p99_ms = 0, max_ms = 0;
    std::string first_error; ///< Of what was refused or failed.

    /// Orders that were acknowledged and are not settled.
    std::size_t lost() const { return bought > settled ? bought - settled : 0; }
    /// One JSON object.
    std::string toJson() const;
};

/// Errors: InvalidArgument for the options; Unavailable when nobody could join.
Task<Result<ClassLoadReport>> runClassLoad(Runtime& runtime, ClassLoadOptions options);

} // namespace orderlab
