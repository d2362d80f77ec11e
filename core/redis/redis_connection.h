#pragma once
#include "redis/redis_options.h"
#include "runtime/task.h"

#include <boost/asio/generic/stream_protocol.hpp>

#include <memory>
#include <vector>

struct redisReader;

namespace orderlab {

/// A command and its arguments, of whatever bytes.
using RedisCommand = std::vector<std::string>;

struct RedisReply {
    enum class Kind : std::uint8_t { Status, Integer, Text, Nil, Error };
    Kind kind = Kind::Nil;
    std::int64_t number = 0; ///< Of an Integer.
    std::string text;        ///< Of a Status ("OK"), a Text or an Error.
};

/// One connection to a Redis server in protocol RESP2: hiredis forms commands and reads replies, Asio has the socket,
/// since a hiredis context resolves names on the caller's thread and is of no use after a timeout. Nothing blocks.
/// One coroutine at a time, always on the same executor. No call has a limit of its own: cancel it. After a
/// cancellation or an error the connection is of no use.
class RedisConnection {
public:
    /// Connects, signs in and selects the database. Error: Unavailable (Later), which never tells a password.
    static Task<Result<std::unique_ptr<RedisConnection>>> open(RedisOptions options);
    ~RedisConnection();
    RedisConnection(const RedisConnection&) = delete;
    RedisConnection& operator=(const RedisConnection&) = delete;

    /// Sends all commands at once and returns a reply for each. Error: Unavailable (Later) when the connection is lost;
    /// Corrupt (Never) for bytes that are no reply to a command of ours (arrays are none, nor what has more than
    /// reply_bytes_max).
    Task<Result<std::vector<RedisReply>>> run(std::vector<RedisCommand> commands);

    static constexpr std::size_t reply_bytes_max = 64 * 1'024;

private:
    using Socket = boost::asio::generic::stream_protocol::socket;
    struct FreeReader {
        void operator()(redisReader* reader) const;
    };
    explicit RedisConnection(Socket socket);
    Task<Result<void>> signIn(RedisOptions options);
    Task<Result<void>> fill();
    Result<bool> take(std::vector<RedisReply>& replies);

    Socket m_socket;
    std::unique_ptr<redisReader, FreeReader> m_reader;
    std::size_t m_unread = 0; ///< Bytes of a reply that is not whole.
};

/// What a server says, for a log: its first line, printable, not long.
std::string redisWords(std::string_view text);

} // namespace orderlab
