#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace orderlab {

/// The line in a piece of PostgreSQL's log, or of initdb's, that says why the server broke or ended, without time and
/// severity; empty when there is none. What the system said (no space left, input/output error…) is the cause of what
/// follows; then the first PANIC or FATAL, unless it only turns a client away; then that a process was killed, or an
/// end asked for.
std::string causeInServerLog(std::string_view text);

/// What the log of a server that did not start says went wrong: causeInServerLog(), else its last line; "" where there
/// is none.
std::string lastWordsOf(const std::filesystem::path& log);

/// Follows a server's log from where it ends now. One thread at a time. Reads at most 64 KiB, the newest.
class ServerLog {
public:
    explicit ServerLog(std::filesystem::path file);

    /// The cause in what was written since the last call; see causeInServerLog().
    std::string newCause();

private:
    std::filesystem::path m_file;
    std::uintmax_t m_read = 0; ///< Bytes looked at.
};

} // namespace orderlab
