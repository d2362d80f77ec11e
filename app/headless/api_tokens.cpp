#include "headless/api_tokens.h"

#include "config_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sys/stat.h>

namespace orderlab {

namespace {

constexpr std::size_t tokens_max = 64; ///< Each request is compared with all of them.
constexpr std::size_t token_file_bytes_max = 64 * 1024;
constexpr std::size_t token_bytes_max = 1024; ///< With it a request's headers stay below their own limit.

Error wrongTokens(const std::string& file, const std::string& what)
{
    return invalidArgument("api-token-file", file + ": " + what);
}

} // namespace

Result<std::vector<std::string>> readTokenFile(const std::string& file, std::string& warning)
{
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0)
        return wrongTokens(file, std::strerror(errno));
    if (!S_ISREG(status.st_mode) || std::size_t(status.st_size) > token_file_bytes_max)
        return wrongTokens(file, "must be a file of at most 64 KiB");
    errno = 0;
    std::ifstream in(file);
    if (!in)
        return wrongTokens(file, std::strerror(errno ? errno : EIO));
    std::vector<std::string> tokens;
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        if (line.ends_with('\r'))
            line.pop_back();
        if (line.empty() || line.starts_with('#'))
            continue;
        if (!std::all_of(line.begin(), line.end(), [](char c) { return c > 0x20 && c < 0x7f; }))
            return wrongTokens(file + ':' + std::to_string(number), "must be printable ASCII without spaces");
        if (line.size() > token_bytes_max)
            return wrongTokens(file + ':' + std::to_string(number), "must have at most 1024 characters");
        tokens.push_back(line);
    }
    if (tokens.empty() || tokens.size() > tokens_max)
        return wrongTokens(file, tokens.empty() ? "has no token; it needs one a line" : "has more than 64 tokens");
    if ((status.st_mode & S_IROTH) != 0)
        warning = file + " can be read by every user of this machine: chmod 600 " + file;
    return tokens;
}

Result<std::string> clientToken()
{
    const std::string token = settingOf("ORDERLAB_API_TOKEN", "api-token");
    const std::string file = settingOf("ORDERLAB_API_TOKEN_FILE", "api-token-file");
    if (!token.empty() || file.empty())
        return token;
    std::string warning; // The server's to tell.
    const auto tokens = readTokenFile(file, warning);
    if (!tokens)
        return tokens.error();
    return tokens->front();
}

} // namespace orderlab
