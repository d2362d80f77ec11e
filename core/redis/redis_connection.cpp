#include "redis/redis_connection.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <hiredis/hiredis.h>

#include <algorithm>

namespace orderlab {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

constexpr std::size_t words_bytes_max = 200;
constexpr std::size_t read_bytes = 16 * 1'024;

Error redisLost(std::string_view doing, const error_code& error)
{
    if (error == asio::error::operation_aborted)
        throw boost::system::system_error(error);
    return unavailable("Redis: " + std::string(doing) + ": "
                       + (error == asio::error::eof ? "the server has closed the connection" : error.message()));
}

Error redisNonsense(std::string_view what)
{
    return corruptError("redis", "Redis: " + std::string(what) + " is no answer to our command");
}

/// No command of ours is answered by an array, and hiredis would allocate as many elements as a server claims to send.
void* refuseArray(const redisReadTask*, auto)
{
    return nullptr;
}

redisReader* makeReader()
{
    redisReader* reader = redisReaderCreate();
    if (!reader)
        return nullptr;
    static redisReplyObjectFunctions functions = [reader] {
        redisReplyObjectFunctions changed = *reader->fn;
        changed.createArray = &refuseArray;
        return changed;
    }();
    reader->fn = &functions;
    return reader;
}

void appendCommand(std::string& bytes, const RedisCommand& command)
{
    std::vector<const char*> values;
    std::vector<std::size_t> lengths;
    for (const std::string& argument : command) {
        values.push_back(argument.data());
        lengths.push_back(argument.size());
    }
    char* formed = nullptr;
    const int length = redisFormatCommandArgv(&formed, int(command.size()), values.data(), lengths.data());
    if (length > 0)
        bytes.append(formed, std::size_t(length));
    redisFreeCommand(formed);
}

RedisReply replyOf(const redisReply& raw)
{
    RedisReply reply;
    switch (raw.type) {
    case REDIS_REPLY_INTEGER:
        reply.kind = RedisReply::Kind::Integer;
        reply.number = raw.integer;
        return reply;
    case REDIS_REPLY_STATUS: reply.kind = RedisReply::Kind::Status; break;
    case REDIS_REPLY_STRING: reply.kind = RedisReply::Kind::Text; break;
    case REDIS_REPLY_ERROR: reply.kind = RedisReply::Kind::Error; break;
    default: return reply;
    }
    reply.text.assign(raw.str, raw.len);
    return reply;
}

Task<Result<asio::generic::stream_protocol::socket>> connectRedis(const RedisOptions& options)
{
    using Socket = asio::generic::stream_protocol::socket;
    const Executor executor = co_await asio::this_coro::executor;
    error_code error;
    if (options.host.empty()) {
        asio::local::stream_protocol::socket socket(executor);
        co_await socket.async_connect(asio::local::stream_protocol::endpoint(options.path),
                                      asio::redirect_error(asio::use_awaitable, error));
        if (error)
            co_return redisLost(options.where(), error);
        co_return Socket(std::move(socket));
    }
    asio::ip::tcp::resolver resolver(executor);
    const auto found = co_await resolver.async_resolve(options.host, std::to_string(options.port),
                                                       asio::redirect_error(asio::use_awaitable, error));
    if (error)
        co_return redisLost(options.where(), error);
    asio::ip::tcp::socket socket(executor);
    co_await asio::async_connect(socket, found, asio::redirect_error(asio::use_awaitable, error));
    if (error)
        co_return redisLost(options.where(), error);
    socket.set_option(asio::ip::tcp::no_delay(true), error);
    co_return Socket(std::move(socket));
}

} // namespace

std::string redisWords(std::string_view text)
{
    std::string words(text.substr(0, std::min(text.find_first_of("\r\n"), words_bytes_max)));
    std::replace_if(
        words.begin(), words.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
    return words;
}

void RedisConnection::FreeReader::operator()(redisReader* reader) const
{
    redisReaderFree(reader);
}

RedisConnection::RedisConnection(Socket socket) : m_socket(std::move(socket)), m_reader(makeReader()) {}

RedisConnection::~RedisConnection() = default;

Task<Result<std::unique_ptr<RedisConnection>>> RedisConnection::open(RedisOptions options)
{
    auto socket = co_await connectRedis(options);
    if (!socket)
        co_return socket.error();
    std::unique_ptr<RedisConnection> connection(new RedisConnection(std::move(*socket)));
    if (!connection->m_reader)
        co_return unavailable("Redis: no memory");
    ORDERLAB_TRY(co_return, co_await connection->signIn(std::move(options)));
    co_return connection;
}

Task<Result<void>> RedisConnection::signIn(RedisOptions options)
{
    std::vector<RedisCommand> commands;
    if (!options.password.empty() && options.user.empty())
        commands.push_back({"AUTH", options.password});
    else if (!options.password.empty())
        commands.push_back({"AUTH", options.user, options.password});
    if (options.database > 0)
        commands.push_back({"SELECT", std::to_string(options.database)});
    if (commands.empty())
        co_return Result<void>{};
    const auto replies = co_await run(std::move(commands));
    if (!replies)
        co_return replies.error();
    for (const RedisReply& reply : *replies) {
        if (reply.kind == RedisReply::Kind::Error)
            co_return unavailable("Redis refuses us: " + redisWords(reply.text));
        if (reply.kind != RedisReply::Kind::Status)
            co_return redisNonsense("what it sent");
    }
    co_return Result<void>{};
}

Task<Result<std::vector<RedisReply>>> RedisConnection::run(std::vector<RedisCommand> commands)
{
    std::string bytes;
    for (const RedisCommand& command : commands)
        appendCommand(bytes, command);
    error_code error;
    co_await asio::async_write(m_socket, asio::buffer(bytes), asio::redirect_error(asio::use_awaitable, error));
    if (error)
        co_return redisLost("writing", error);
    std::vector<RedisReply> replies;
    replies.reserve(commands.size());
    for (;;) {
        for (bool is_whole = true; is_whole && replies.size() < commands.size();) {
            const auto taken = take(replies);
            if (!taken)
                co_return taken.error();
            is_whole = *taken;
        }
        if (replies.size() == commands.size())
            break;
        ORDERLAB_TRY(co_return, co_await fill());
    }
    if (m_unread > 0)
        co_return redisNonsense("more than was asked for");
    co_return replies;
}

/// Reads what there is.
Task<Result<void>> RedisConnection::fill()
{
    std::array<char, read_bytes> buffer;
    error_code error;
    const std::size_t count =
        co_await m_socket.async_read_some(asio::buffer(buffer), asio::redirect_error(asio::use_awaitable, error));
    if (error)
        co_return redisLost("reading", error);
    m_unread += count;
    if (m_unread > reply_bytes_max)
        co_return redisNonsense("a reply of more than 64 KiB");
    if (redisReaderFeed(m_reader.get(), buffer.data(), count) != REDIS_OK)
        co_return redisNonsense("what it sent");
    co_return Result<void>{};
}

/// False: the next reply is not whole.
Result<bool> RedisConnection::take(std::vector<RedisReply>& replies)
{
    void* raw = nullptr;
    if (redisReaderGetReply(m_reader.get(), &raw) != REDIS_OK)
        return redisNonsense("what it sent");
    if (!raw)
        return false;
    replies.push_back(replyOf(*static_cast<const redisReply*>(raw)));
    freeReplyObject(raw);
    m_unread = m_reader->len - m_reader->pos;
    return true;
}

} // namespace orderlab
