#include "lab/private_redis.h"

#include "postgres/server_log.h"
#include "redis/redis_connection.h"
#include "runtime/task_group.h"
#include "runtime/with_timeout.h"

#include <boost/url/encode.hpp>
#include <boost/url/rfc/pchars.hpp>

#include <csignal>

namespace orderlab {

namespace {

constexpr Duration end_limit{std::chrono::seconds{10}}; ///< Of a process that was killed.
constexpr Duration look_every{std::chrono::milliseconds{20}};

std::string programIn(std::initializer_list<const char*> paths)
{
    for (const char* path : paths) {
        std::error_code error;
        if (std::filesystem::exists(path, error))
            return path;
    }
    return {};
}

Task<Result<void>> askPrivateRedis(RedisOptions options)
{
    auto connection = co_await RedisConnection::open(std::move(options));
    if (!connection)
        co_return connection.error();
    std::vector<RedisCommand> ping;
    ping.push_back({"PING"});
    const auto replies = co_await (*connection)->run(std::move(ping));
    if (!replies)
        co_return replies.error();
    if (replies->front().kind != RedisReply::Kind::Status)
        co_return unavailable("it is still starting");
    co_return Result<void>{};
}

} // namespace

std::string PrivateRedis::url() const
{
    return "unix://" + boost::urls::encode(m_socket.string(), boost::urls::pchars + '/');
}

PrivateRedis::~PrivateRedis()
{
    m_process.signal(SIGKILL);
    (void)m_process.isRunning();
}

Task<void> PrivateRedis::stop(Runtime& runtime)
{
    m_process.signal(SIGKILL);
    (void)co_await m_process.waitForEnd(runtime, end_limit);
}

Task<Result<std::unique_ptr<PrivateRedis>>> startPrivateRedis(Runtime& runtime, PrivateRedisOptions options)
{
    const std::string redis = programIn({"/usr/bin/redis-server", "/usr/local/bin/redis-server"});
    const std::string setpriv = programIn({"/usr/bin/setpriv", "/bin/setpriv"});
    if (redis.empty() || setpriv.empty())
        co_return Error{ErrorCode::Unavailable, Retry::Never,
                        "redis-server is not installed: sudo apt install redis-server (and util-linux)", "redis"};
    std::error_code error;
    std::filesystem::create_directories(options.folder, error);
    const std::filesystem::path socket = options.folder / "redis.sock", log = options.folder / "redis.log";
    std::filesystem::remove(socket, error); // Of one that was killed.
    ServerCommand command;
    command.arguments = {setpriv,        "--pdeathsig",          "KILL",   redis, "--port",       "0",
                         "--unixsocket", socket.string(),        "--save", "",    "--appendonly", "no",
                         "--dir",        options.folder.string()};
    command.arguments.insert(command.arguments.end(), options.settings.begin(), options.settings.end());
    command.log = log;
    command.folder = options.folder;
    auto process = ServerProcess::start({}, command);
    if (!process)
        co_return process.error();
    auto server = std::make_unique<PrivateRedis>(*process, socket);
    const auto where = RedisOptions::fromUrl(server->url());
    if (!where)
        co_return where.error();
    const TimePoint deadline = runtime.now() + options.start_limit;
    for (;;) {
        auto asking = askPrivateRedis(*where);
        const auto answer = co_await withTimeout<void>(runtime, std::chrono::seconds{1}, "Redis", std::move(asking));
        if (answer)
            co_return server;
        if (!process->isRunning() || runtime.now() >= deadline || isCanceled(answer))
            co_return unavailable("redis-server does not start: " + answer.error().message + "; " + lastWordsOf(log));
        co_await runtime.sleep(look_every);
    }
}

} // namespace orderlab
