#pragma once
#include "base/result.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace orderlab {

/// Whom the database server runs as. PostgreSQL refuses to run as root, so root becomes user postgres.
struct ServerUser {
    uid_t uid = 0;
    gid_t gid = 0;
    std::vector<gid_t> groups;
    std::string name;
    bool is_switch = false; ///< Whether that is somebody else than this process.
};

/// Error: Unavailable (Never) when this process is root and there is no user postgres.
Result<ServerUser> serverUser();

/// Checks that the user can enter every folder above `path`. Error: Rejected (Never); names the folder and what to do.
Result<void> checkReachable(const ServerUser& user, const std::filesystem::path& path);

/// Makes `path` a folder that the user owns and nobody else can enter. Error: Rejected (Never) when it is something
/// else already, or somebody else's.
Result<void> makeOwnFolder(const ServerUser& user, const std::filesystem::path& path);

} // namespace orderlab
