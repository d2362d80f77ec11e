#include "postgres/server_log.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

namespace orderlab {

namespace {

constexpr std::uintmax_t read_bytes_max = 64 << 10;

/// Behind "LOG:  " and the like; empty for lines that only go on about another.
std::string_view wordsOf(std::string_view line, std::string_view severity)
{
    const std::size_t at = line.find(severity);
    if (at == std::string_view::npos)
        return {};
    line.remove_prefix(at + severity.size());
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    return line;
}

bool hasSystemError(std::string_view words)
{
    constexpr std::array errors{ENOSPC, EIO, EROFS, EACCES, EPERM, ENOMEM, EMFILE, ENFILE, EDQUOT, EFBIG};
    return std::any_of(errors.begin(), errors.end(),
                       [&](int error) { return words.ends_with(std::string(": ") + std::strerror(error)); });
}

/// What a client is told while a server starts, recovers or ends.
bool turnsAway(std::string_view words)
{
    return words.starts_with("the database system is") || words.starts_with("terminating ")
           || words.starts_with("connection to client lost") || words.starts_with("sorry, ")
           || words.starts_with("remaining connection slots") || words.starts_with("too many connections")
           || words.starts_with("role ") || words.starts_with("database ");
}

} // namespace

std::string causeInServerLog(std::string_view text)
{
    std::string_view fatal, killed;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        for (const std::string_view severity : {"PANIC:", "FATAL:", "LOG:", "error:"}) {
            const std::string_view words = wordsOf(line, severity);
            if (words.empty() || turnsAway(words))
                continue;
            if (hasSystemError(words))
                return std::string(words);
            if (severity != "LOG:" && fatal.empty())
                fatal = words;
            const bool is_end = words.find("was terminated by signal") != std::string_view::npos
                                || (words.starts_with("received ") && words.ends_with(" shutdown request"));
            if (severity == "LOG:" && is_end && killed.empty())
                killed = words;
        }
    }
    return std::string(fatal.empty() ? killed : fatal);
}

std::string lastWordsOf(const std::filesystem::path& log)
{
    std::ifstream stream(log);
    std::string text, last;
    for (std::string line; std::getline(stream, line);) {
        text += line + '\n';
        if (!line.empty())
            last = line;
    }
    const std::string cause = causeInServerLog(text);
    return cause.empty() ? last : cause;
}

ServerLog::ServerLog(std::filesystem::path file) : m_file(std::move(file))
{
    std::error_code error;
    const auto size = std::filesystem::file_size(m_file, error);
    m_read = error ? 0 : size;
}

std::string ServerLog::newCause()
{
    std::error_code error;
    const auto size = std::filesystem::file_size(m_file, error);
    if (error || size == m_read)
        return {};
    const auto from =
        std::max(size < m_read ? 0 : m_read, size - std::min(size, read_bytes_max)); // Smaller: another file by now.
    m_read = size;
    std::string text(size - from, '\0');
    std::ifstream stream(m_file, std::ios::binary);
    stream.seekg(std::streamoff(from));
    stream.read(text.data(), std::streamsize(text.size()));
    text.resize(std::size_t(std::max<std::streamsize>(stream.gcount(), 0)));
    return causeInServerLog(text);
}

} // namespace orderlab
