#include "postgres/private_postgres_paths.h"

#include "postgres/private_postgres.h"

#include <algorithm>
#include <cstring>

#include <unistd.h>

namespace orderlab {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t socket_path_max = 107; ///< sun_path, without the final NUL
constexpr std::string_view socket_name = "/.s.PGSQL.5432";
constexpr std::size_t data_dir_bytes_max = 900; ///< PostgreSQL's paths have at most 1023 bytes, of files deep below.

/// FNV-1a; the same for the same path in every process.
std::uint64_t pathHash(const std::string& path)
{
    std::uint64_t hash = 0xcbf29ce484222325ull;
    for (const unsigned char c : path)
        hash = (hash ^ c) * 0x100000001b3ull;
    return hash;
}

std::string percentEncoded(std::string_view text)
{
    std::string encoded;
    for (const unsigned char c : text) {
        char code[4];
        std::snprintf(code, sizeof code, std::isalnum(c) || std::strchr("-._~", c) ? "%c" : "%%%02X", c);
        encoded += code;
    }
    return encoded;
}

} // namespace

Error dataDirRefused(std::string message)
{
    return {ErrorCode::Rejected, Retry::Never, std::move(message), "data-dir"};
}

fs::path canonicalDataDir(const fs::path& data_dir)
{
    std::error_code error;
    const fs::path absolute = fs::absolute(data_dir, error);
    const fs::path canonical = fs::weakly_canonical(absolute, error);
    return error ? absolute : canonical;
}

fs::path socketFolder(const fs::path& data_dir)
{
    const fs::path near = data_dir / "postgres-socket";
    const bool is_plain = near.string().find_first_of(",\"'\\@") == std::string::npos;
    if (is_plain && near.string().size() + socket_name.size() <= socket_path_max)
        return near;
    char name[48];
    std::snprintf(name, sizeof name, "/tmp/orderlab-%u-%016llx", unsigned(::geteuid()),
                  static_cast<unsigned long long>(pathHash(data_dir.string())));
    return name;
}

std::string postgresSocketUrl(const fs::path& socket_folder, std::string_view database)
{
    return "postgresql://orderlab@/" + std::string(database) + "?host=" + percentEncoded(socket_folder.string());
}

Result<void> checkDataDir(const std::string& path)
{
    if (std::any_of(path.begin(), path.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }))
        return dataDirRefused(
            "must not have a line break or another control character in its name: PostgreSQL cannot work there");
    if (path.size() > data_dir_bytes_max)
        return dataDirRefused("is too long: its full path has " + std::to_string(path.size())
                              + " bytes, and PostgreSQL needs at most " + std::to_string(data_dir_bytes_max));
    return {};
}

fs::path privatePostgresLog(const fs::path& data_dir)
{
    return canonicalDataDir(data_dir) / "postgres.log";
}

std::string privatePostgresUrl(const fs::path& data_dir)
{
    return postgresSocketUrl(socketFolder(canonicalDataDir(data_dir)), "orderlab");
}

} // namespace orderlab
