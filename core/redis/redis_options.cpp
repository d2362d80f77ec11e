#include "redis/redis_options.h"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <charconv>

namespace orderlab {

namespace {

constexpr int database_max = 9'999;
constexpr std::size_t socket_path_bytes_max = 107; ///< Of the system: sun_path without its last byte.

Error notRedis(std::string message)
{
    return invalidArgument("redis", std::move(message));
}

/// The whole text as a number from `least` to `most`.
bool readNumber(std::string_view text, int least, int most, int& out)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc{} && end == text.data() + text.size() && out >= least && out <= most;
}

Result<void> readDatabase(std::string_view text, RedisOptions& options)
{
    if (!readNumber(text, 0, database_max, options.database))
        return notRedis("names a database that is no number from 0 to 9999");
    return {};
}

Result<void> readSocket(boost::urls::url_view url, RedisOptions& options)
{
    options.path = url.path();
    if (!url.encoded_host().empty() || options.path.size() < 2 || options.path.size() > socket_path_bytes_max)
        return notRedis("must have the path of a socket, at most 107 bytes: unix:///run/redis/redis-server.sock");
    for (const auto& parameter : url.params()) {
        if (parameter.key != "db")
            return notRedis("may have ?db=NUMBER behind the socket's path, and nothing else");
        ORDERLAB_TRY(return, readDatabase(parameter.value, options));
    }
    return {};
}

Result<void> readAddress(boost::urls::url_view url, RedisOptions& options)
{
    options.host = url.host();
    if (options.host.starts_with('['))
        options.host = options.host.substr(1, options.host.size() - 2);
    if (options.host.empty() || url.has_query())
        return notRedis("must have a host and nothing behind the database: redis://HOST:6379/0");
    if (url.has_port()) {
        int port = 0;
        if (!readNumber({url.port().data(), url.port().size()}, 1, 65'535, port))
            return notRedis("must have a port from 1 to 65535");
        options.port = std::uint16_t(port);
    }
    const std::string path = url.path();
    return path.size() < 2 ? Result<void>{} : readDatabase(std::string_view(path).substr(1), options);
}

} // namespace

Result<RedisOptions> RedisOptions::fromUrl(std::string_view url)
{
    const auto parsed = boost::urls::parse_uri({url.data(), url.size()});
    const std::string scheme = parsed ? std::string(parsed->scheme()) : std::string();
    if (scheme == "rediss")
        return notRedis("must not be rediss://: TLS is not spoken; a tunnel such as stunnel can add it");
    if ((scheme != "redis" && scheme != "unix") || parsed->has_fragment())
        return notRedis("must be redis://[:PASSWORD@]HOST:PORT/DATABASE or unix:///PATH; special characters of a "
                        "password as %XX");
    RedisOptions options;
    options.user = parsed->user();
    options.password = parsed->password();
    if (!options.user.empty() && options.password.empty())
        return notRedis("has a user without a password: redis://USER:PASSWORD@HOST, or redis://:PASSWORD@HOST for the "
                        "default user");
    ORDERLAB_TRY(return, scheme == "unix" ? readSocket(*parsed, options) : readAddress(*parsed, options));
    return options;
}

std::string RedisOptions::where() const
{
    if (host.empty())
        return path;
    return (host.find(':') == std::string::npos ? host : '[' + host + ']') + ':' + std::to_string(port);
}

} // namespace orderlab
