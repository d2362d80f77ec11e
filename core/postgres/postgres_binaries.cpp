#include "postgres/private_postgres.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include <unistd.h>

namespace orderlab {

namespace fs = std::filesystem;

namespace {

bool hasServer(const fs::path& folder)
{
    return ::access((folder / "postgres").c_str(), X_OK) == 0 && ::access((folder / "initdb").c_str(), X_OK) == 0;
}

/// Debian's folders, the newest version first.
std::vector<fs::path> versionedFolders()
{
    std::vector<std::pair<int, fs::path>> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", error)) {
        const std::string name = entry.path().filename();
        int version = 0;
        const auto end = std::from_chars(name.data(), name.data() + name.size(), version).ptr;
        if (end == name.data() + name.size())
            found.emplace_back(version, entry.path() / "bin");
    }
    std::sort(found.rbegin(), found.rend());
    std::vector<fs::path> folders;
    for (auto& [version, folder] : found)
        folders.push_back(std::move(folder));
    return folders;
}

/// The first line that a shell command prints; nothing where there is none.
std::optional<std::string> firstLineFrom(const std::string& command)
{
    FILE* pipe = ::popen((command + " 2>/dev/null").c_str(), "r");
    if (!pipe)
        return std::nullopt;
    std::array<char, 4096> line{};
    const char* read = std::fgets(line.data(), int(line.size()), pipe);
    std::string text = read ? read : "";
    ::pclose(pipe);
    text.erase(text.find_last_not_of("\r\n") + 1);
    return text.empty() ? std::nullopt : std::optional(std::move(text));
}

} // namespace

std::optional<fs::path> findPostgresBinaries()
{
    for (const fs::path& folder : versionedFolders()) {
        if (hasServer(folder))
            return folder;
    }
    if (const auto folder = firstLineFrom("pg_config --bindir"); folder && hasServer(*folder))
        return fs::path(*folder);
    const char* path = std::getenv("PATH");
    std::string rest = path ? path : "";
    while (!rest.empty()) {
        const std::size_t split = rest.find(':');
        const fs::path folder = rest.substr(0, split);
        if (!folder.empty() && hasServer(folder))
            return folder;
        rest = split == std::string::npos ? std::string{} : rest.substr(split + 1);
    }
    return std::nullopt;
}

std::string postgresMajorVersion(const fs::path& binaries)
{
    std::string quoted = "'";
    for (const char c : (binaries / "postgres").string())
        quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    const auto line = firstLineFrom(quoted + "' --version"); // postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)
    const std::size_t start = line ? line->find_first_of("0123456789") : std::string::npos;
    return start == std::string::npos ? "" : line->substr(start, line->find_first_not_of("0123456789", start) - start);
}

} // namespace orderlab
