#pragma once
#include "base/mutex.h"
#include "base/uuid.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orderlab {

/// What a line is about besides its message. What has no value is left out.
struct LogFields {
    Uuid order;
    Uuid event;
    std::string_view group;
    std::string_view worker;
    int attempt = 0;
    std::optional<std::uint64_t> entry; ///< Number in the journal.
    Uuid trace = {};                    ///< In JSON alone, where they are "trace_id" and "span_id" in hexadecimal.
    std::uint64_t span = 0;
};

/// Appends `text` to a line for a terminal: whatever it is, it stays one line, moves no cursor and hides nothing.
/// Control characters, bidirectional overrides and the like are written as \n, \x1b or \u202e, other bytes that are not
/// UTF-8 as U+FFFD.
void appendPlain(std::string& out, std::string_view text);
/// Appends `text` as a JSON string, quotes included; the same characters as \u escapes.
void appendJsonText(std::string& out, std::string_view text);

/// ` order=… attempt=2`, and `,"order":"…","attempt":2`.
void appendFieldsPlain(std::string& out, const LogFields& fields);
void appendFieldsJson(std::string& out, const LogFields& fields);

/// What must be in no line. Any thread.
class LogSecrets {
public:
    static constexpr std::size_t bytes_min = 4; ///< A shorter one would hide half of every line.

    void add(std::string secret);
    /// Replaces the secrets, and passwords in URLs (scheme://user:password@host) and conninfo (password=…), by `*`.
    std::string mask(std::string text) const;

private:
    mutable Mutex m_mutex;
    std::vector<std::string> m_secrets ORDERLAB_GUARDED_BY(m_mutex); ///< The longest first.
};

} // namespace orderlab
