#pragma once
#include "runtime/runtime.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace orderlab {

class DirectoryLock;

struct PrivatePostgresOptions {
    std::filesystem::path data_dir;                 ///< The cluster is <data_dir>/postgres; created when missing.
    std::filesystem::path binaries;                 ///< Folder of initdb and postgres; empty: found.
    Duration start_limit{std::chrono::seconds{60}}; ///< Recovery after a crash takes its time.
    Duration stop_limit{std::chrono::seconds{20}};  ///< For a fast shutdown; past it, an immediate one.
    std::shared_ptr<DirectoryLock> lock =
        {}; ///< That the caller has taken already, and may keep; null: taken, and given up by stop().
};

/// A PostgreSQL server of our own, for nobody else: a cluster in the data directory, reached by a Unix socket in a
/// folder that only its user can enter, without TCP. Made by initdb at the first start; later starts reuse the data.
/// Writes are as safe as PostgreSQL's defaults make them (fsync is on).
///
/// - One Orderlab a data directory: a second start fails with AlreadyExists and says who has it.
/// - The server ends with its Orderlab, however that ends (ServerGuard); a start waits for the end of the server
/// before.
///   One that outlived its Orderlab all the same is taken over, a stale postmaster.pid is removed.
/// - When the server dies it is started again.
/// - Started as root, the server runs as user postgres, who owns <data_dir>/postgres.
///
/// Used from one coroutine at a time. stop() before destruction; without it the destructor only asks the server to
/// stop.
class PrivatePostgres {
public:
    virtual ~PrivatePostgres() = default;
    /// For libpq and psql: the database `orderlab`.
    virtual std::string url() const = 0;
    /// For people: "private, /path".
    virtual std::string where() const = 0;
    /// The server's main process; 0 while there is none.
    virtual int process() const = 0;
    /// Ends all sessions, writes everything out and resumes when the server has ended. Idempotent.
    virtual Task<void> stop() = 0;
};

/// The folder of an installed server's binaries: /usr/lib/postgresql/*/bin (the newest first), what pg_config says,
/// PATH.
std::optional<std::filesystem::path> findPostgresBinaries();

/// The major version of the server in a folder of binaries: "15"; empty when it does not say.
std::string postgresMajorVersion(const std::filesystem::path& binaries);

/// The URL of the private server of `data_dir`, whether it runs or not.
std::string privatePostgresUrl(const std::filesystem::path& data_dir);

/// Where that server writes what it has to say; see ServerLog.
std::filesystem::path privatePostgresLog(const std::filesystem::path& data_dir);

/// Creates the cluster where needed and resumes when the server answers. For RealRuntime.
/// Errors: Unavailable (Never) without binaries, Unavailable (Later) when the server does not come up, with its last
/// words; AlreadyExists (Never) while another Orderlab uses the data directory; Rejected (Never, field "data-dir") for
/// a directory that cannot be used, with what to do.
Task<Result<std::unique_ptr<PrivatePostgres>>> startPrivatePostgres(Runtime& runtime, PrivatePostgresOptions options);

} // namespace orderlab
