#pragma once

namespace orderlab {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool is_sanitized = true;
#else
inline constexpr bool is_sanitized = false;
#endif

/// How many of `seeds` runs a test makes: under a sanitizer, which looks for mistakes of memory and threads that any
/// run shows, a tenth of them; the same code makes all of them in the release build.
constexpr int effort(int seeds)
{
    return is_sanitized ? (seeds + 9) / 10 : seeds;
}

} // namespace orderlab
