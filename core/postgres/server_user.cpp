#include "postgres/server_user.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace orderlab {

namespace {

Error userRefused(std::string message)
{
    return {ErrorCode::Rejected, Retry::Never, std::move(message), "data-dir"};
}

bool canEnter(const ServerUser& user, const struct stat& folder)
{
    if (folder.st_uid == user.uid)
        return (folder.st_mode & S_IXUSR) != 0;
    if (folder.st_gid == user.gid
        || std::find(user.groups.begin(), user.groups.end(), folder.st_gid) != user.groups.end())
        return (folder.st_mode & S_IXGRP) != 0;
    return (folder.st_mode & S_IXOTH) != 0;
}

} // namespace

Result<ServerUser> serverUser()
{
    ServerUser user;
    user.uid = ::geteuid();
    user.gid = ::getegid();
    if (user.uid != 0)
        return user;
    std::array<char, 16'384> buffer{};
    passwd entry{};
    passwd* found = nullptr;
    if (::getpwnam_r("postgres", &entry, buffer.data(), buffer.size(), &found) != 0 || !found)
        return Error{ErrorCode::Unavailable,
                     Retry::Never,
                     "PostgreSQL does not run as root, and there is no user postgres to run it as: create one"
                     " (useradd --system postgres) or start Orderlab as another user",
                     {}};
    user.uid = entry.pw_uid;
    user.gid = entry.pw_gid;
    user.name = "postgres";
    user.is_switch = true;
    int count = 64;
    user.groups.resize(std::size_t(count));
    if (::getgrouplist("postgres", user.gid, user.groups.data(), &count) < 0)
        count = 64; // the first ones; only folder permissions depend on them
    user.groups.resize(std::size_t(std::max(count, 0)));
    return user;
}

Result<void> checkReachable(const ServerUser& user, const std::filesystem::path& path)
{
    if (!user.is_switch)
        return {};
    std::filesystem::path above;
    for (const auto& part : path.parent_path()) {
        above /= part;
        struct stat folder {};
        if (::stat(above.c_str(), &folder) != 0)
            return userRefused("cannot look at " + above.string() + ": " + std::strerror(errno));
        if (!canEnter(user, folder)) {
            char mode[8];
            std::snprintf(mode, sizeof mode, "%04o", unsigned(folder.st_mode & 07777));
            return userRefused(
                "PostgreSQL runs as user " + user.name + ", who cannot enter " + above.string() + " (mode " + mode
                + "): choose another data directory, such as /var/lib/orderlab, or run: chmod o+x " + above.string());
        }
    }
    return {};
}

Result<void> makeOwnFolder(const ServerUser& user, const std::filesystem::path& path)
{
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
        return userRefused("cannot create " + path.string() + ": " + std::strerror(errno));
    struct stat folder {};
    if (::lstat(path.c_str(), &folder) != 0 || !S_ISDIR(folder.st_mode))
        return userRefused(path.string() + " is not a folder");
    // Anybody may have made it first where everybody may write.
    if (folder.st_uid != ::geteuid() && folder.st_uid != user.uid)
        return userRefused(path.string() + " belongs to somebody else (user " + std::to_string(folder.st_uid) + ")");
    if (folder.st_uid != user.uid && ::lchown(path.c_str(), user.uid, user.gid) != 0)
        return userRefused("cannot give " + path.string() + " to user " + user.name + ": " + std::strerror(errno));
    if (::chmod(path.c_str(), 0700) != 0)
        return userRefused("cannot close " + path.string() + " to others: " + std::strerror(errno));
    return {};
}

} // namespace orderlab
