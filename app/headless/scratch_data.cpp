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

Result<std::filesystem::path> ScratchData::folder(const char* name)
{
    using std::filesystem::perms;
    if (m_path.empty()) {
        std::error_code error;
        std::string path = (std::filesystem::temp_directory_path(error) / "orderlab-XXXXXX").string();
        if (error || !::mkdtemp(path.data()))
            return unavailable("no folder can be made for the stores: "
                               + (error ? error.message() : std::generic_category().message(errno)));
        m_path = path;
        std::filesystem::permissions(m_path, perms::owner_all | perms::group_exec | perms::others_exec, error);
    }
    return m_path / name;
}

} // namespace orderlab
