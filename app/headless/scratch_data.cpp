#include "headless/scratch_data.h"

#include <cerrno>
#include <cstdlib>

namespace orderlab {

ScratchData::ScratchData(std::string name, std::filesystem::path parent)
    : m_name(std::move(name)), m_parent(std::move(parent))
{}

Result<void> ScratchData::make()
{
    using std::filesystem::perms;
    std::error_code error;
    if (m_parent.empty())
        m_parent = std::filesystem::temp_directory_path(error);
    else
        std::filesystem::create_directories(m_parent, error);
    std::string path = (m_parent / (m_name + "-XXXXXX")).string();
    if (error || !::mkdtemp(path.data()))
        return unavailable("no folder can be made for the stores in " + m_parent.string() + ": "
                           + (error ? error.message() : std::generic_category().message(errno)));
    auto guard = FolderGuard::start(path);
    if (!guard) {
        std::filesystem::remove(path, error);
        return guard.error();
    }
    m_guard.emplace(std::move(*guard));
    m_path = path;
    std::filesystem::permissions(m_path, perms::owner_all | perms::group_exec | perms::others_exec, error);
    return {};
}

Result<std::filesystem::path> ScratchData::folder(const char* name)
{
    if (m_path.empty())
        ORDERLAB_TRY(return, make());
    return m_path / name;
}

} // namespace orderlab
