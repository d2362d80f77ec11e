#pragma once
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace orderlab::test {

/// A folder under /tmp that every user may enter (a server started by root runs as somebody else), removed at the end.
class ScratchFolder {
public:
    ScratchFolder()
    {
        std::string name = "/tmp/orderlab-test-XXXXXX";
        if (!::mkdtemp(name.data()))
            throw std::runtime_error("cannot create a folder under /tmp");
        m_path = name;
        using std::filesystem::perms;
        std::filesystem::permissions(m_path, perms::owner_all | perms::group_exec | perms::others_exec);
    }
    ~ScratchFolder()
    {
        std::error_code error;
        std::filesystem::remove_all(m_path, error);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

} // namespace orderlab::test
