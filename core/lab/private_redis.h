#pragma once
#include "postgres/server_process.h"
#include "runtime/runtime.h"

#include <memory>

namespace orderlab {

struct PrivateRedisOptions {
    std::filesystem::path folder;           ///< Of its socket and its log; made if it is not there.
    std::vector<std::string> settings = {}; ///< As arguments of redis-server: {"--maxmemory", "2mb"}.
    Duration start_limit{std::chrono::seconds{60}};
};

/// A Redis server on a Unix socket, for benches and tests: nothing is written to the disk. It ends with this object,
/// and with this program however that ends. One thread at a time.
class PrivateRedis {
public:
    explicit PrivateRedis(ServerProcess process, std::filesystem::path socket)
        : m_process(process), m_socket(std::move(socket))
    {}
    ~PrivateRedis();
    PrivateRedis(const PrivateRedis&) = delete;
    PrivateRedis& operator=(const PrivateRedis&) = delete;

    /// "unix:///tmp/x/redis.sock", with what is special in a URL as %XX.
    std::string url() const;
    void signal(int number) const { m_process.signal(number); }
    /// Kills it and resumes when it has ended. Idempotent.
    Task<void> stop(Runtime& runtime);

private:
    ServerProcess m_process;
    const std::filesystem::path m_socket;
};

/// Resumes when it answers. Errors: Unavailable (Never) when redis-server is not installed, (Later) when it does not
/// start, with the last line of its log.
Task<Result<std::unique_ptr<PrivateRedis>>> startPrivateRedis(Runtime& runtime, PrivateRedisOptions options);

} // namespace orderlab
