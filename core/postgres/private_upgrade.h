#pragma once
#include "postgres/private_postgres.h"

#include <functional>

namespace orderlab {

struct UpgradeOptions {
    std::filesystem::path data_dir;
    std::filesystem::path from; ///< Binaries of the cluster's own version; empty: /usr/lib/postgresql/VERSION/bin.
    std::filesystem::path to;   ///< Binaries of the newer version; empty: the newest that is found.
    bool even_if_same = false;  ///< Also where both are of the same version.
    Duration limit{std::chrono::hours{24}};                   ///< For each dump, load and comparison.
    std::function<void(const std::string&)> on_progress = {}; ///< What it does now, for people. May be empty.
};

struct Upgraded {
    std::string from; ///< Major versions.
    std::string to;
    std::filesystem::path old_cluster; ///< Where the old one is kept; empty: there was nothing to do.
    std::int64_t tables = 0;           ///< Compared, row by row.
    std::int64_t rows = 0;
};

/// Moves the private cluster of a data directory to a newer PostgreSQL: dumps all roles and databases, loads them into
/// a new cluster beside (<data_dir>/postgres.upgrade), compares every table and sequence, and only then exchanges the
/// two. The old cluster stays as <data_dir>/postgres.VERSION until somebody removes it. Until the exchange nothing of
/// the old one is changed, so that whatever fails can be tried again; an end in the middle of the exchange is finished
/// by the next call. The directory's lock is held all the while. For RealRuntime. Errors: AlreadyExists (Never) while
/// an Orderlab uses the data directory; Rejected (Never, field "data-dir") without a cluster, without the binaries,
/// without room, where the old one's new place is taken, or where the tables differ; those of startPrivatePostgres().
Task<Result<Upgraded>> upgradePrivatePostgres(Runtime& runtime, UpgradeOptions options);

} // namespace orderlab
