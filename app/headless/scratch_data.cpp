#include "headless/scratch_data.h"

#include <cerrno>
#include <cstdlib>
#include <string>

namespace orderlab {

ScratchData::~ScratchData()
{
    std::error_code error;
    if (!m_path.empty())
        std::filesystem::remove_all(m_path, error);
}

std::filesystem::path ScratchData::folder(const char* name)
{
    using std::filesystem::perms;
    if (m_path.empty()) {
        std::string path = (std::filesystem::temp_directory_path() / "orderlab-XXXXXX").string();
        if (!::mkdtemp(path.data()))
            throw std::filesystem::filesystem_error("making a folder", path, {errno, std::system_category()});
        m_path = path;
        std::filesystem::permissions(m_path, perms::owner_all | perms::group_exec | perms::others_exec);
    }
    return m_path / name;
}

} // namespace orderlab
