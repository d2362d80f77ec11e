#pragma once
#include "base/result.h"
#include "base/time.h"

#include <cstdint>
#include <string>

namespace orderlab {

/// Where Redis is, and how patient we are with it. A value.
struct RedisOptions {
    std::string host;          ///< Empty: a Unix socket.
    std::uint16_t port = 6379; ///< Of `host`.
    std::string path;          ///< Of the Unix socket.
    std::string user;          ///< Empty: the default user.
    std::string password;      ///< Empty: none is sent. Never print it.
    int database = 0;          ///< 0 to 9,999.
    /// A look that takes longer has no answer, and the next ones are not tried until a probe succeeds. What it delays
    /// is one batch each `pause`, so it is generous: a busy machine holds up single looks for some ten milliseconds.
    Duration look_limit{std::chrono::milliseconds{50}};
    /// Looks that take longer on average are given up likewise. A look replaces one question to the database, which
    /// takes about a millisecond, more on a busy machine: slower ones are no help.
    Duration slow_limit{std::chrono::milliseconds{10}};
    Duration probe_limit{std::chrono::seconds{1}}; ///< For connecting, signing in and one look.
    Duration pause{std::chrono::seconds{1}};       ///< Before the first probe; doubles with each that fails…
    Duration pause_max{std::chrono::seconds{10}};  ///< …up to this.
    Duration keep_handled{std::chrono::hours{1}};  ///< Duplicates follow soon: after a crash or a rebalance.
    Duration keep_keys{std::chrono::hours{24}};    ///< Clients retry as long.

    /// Reads redis://[[USER]:PASSWORD@]HOST[:PORT][/DATABASE] or unix://[[USER]:PASSWORD@]/PATH[?db=DATABASE].
    /// Error: InvalidArgument, field "redis", which never repeats a password.
    static Result<RedisOptions> fromUrl(std::string_view url);
    /// For people: "localhost:6379" or "/run/redis/redis.sock". No password.
    std::string where() const;
    bool operator==(const RedisOptions&) const = default;
};

} // namespace orderlab
