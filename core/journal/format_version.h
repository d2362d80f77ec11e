#pragma once
#include "base/result.h"

#include <charconv>
#include <string_view>

namespace orderlab {

/// Reads "1.0", as headers of journal files and batches say their format's version. Error: Corrupt, field "version".
inline Result<void> readFormatVersion(std::string_view text, int& version_major, int& version_minor)
{
    const Error error{ErrorCode::Corrupt, Retry::Never, "must be two numbers, such as 1.0", "version"};
    const char* end = text.data() + text.size();
    const auto before = std::from_chars(text.data(), end, version_major);
    if (before.ec != std::errc{} || version_major < 0 || before.ptr == end || *before.ptr != '.')
        return error;
    const auto after = std::from_chars(before.ptr + 1, end, version_minor);
    if (after.ec != std::errc{} || version_minor < 0 || after.ptr != end)
        return error;
    return {};
}

} // namespace orderlab
