#pragma once
#include "lab/private_redis.h"
#include "redis/redis_connection.h"
#include "support/scratch_folder.h"

#include <QtGlobal>

#include <optional>

namespace orderlab::test {

/// Redis servers of a test's own, each in a folder of its own. One thread.
class RedisServers {
public:
    explicit RedisServers(Runtime& runtime) : m_runtime(runtime) {}

    /// Null when it does not start, which is told. `folder`: of a server before this one, whose socket it takes over.
    std::unique_ptr<PrivateRedis> start(std::vector<std::string> settings = {},
                                        std::optional<std::filesystem::path> folder = {})
    {
        if (!folder)
            folder = m_folder.path() / std::to_string(m_started++);
        auto started = m_runtime.run(startPrivateRedis(m_runtime, {*folder, std::move(settings)}));
        if (!started)
            qInfo("%s", started.error().message.c_str());
        return started ? std::move(*started) : nullptr;
    }
    std::filesystem::path folder() const { return m_folder.path() / "the same"; }

    /// What a server answers to one command; it has to run.
    RedisReply command(const std::string& url, RedisCommand words) { return m_runtime.run(ask(url, std::move(words))); }

private:
    static Task<RedisReply> ask(std::string url, RedisCommand words)
    {
        auto connection = co_await RedisConnection::open(RedisOptions::fromUrl(url).value());
        std::vector<RedisCommand> commands;
        commands.push_back(std::move(words));
        const auto replies = co_await (*connection)->run(std::move(commands));
        co_return replies.value().front();
    }

    Runtime& m_runtime;
    const ScratchFolder m_folder;
    int m_started = 0;
};

} // namespace orderlab::test
