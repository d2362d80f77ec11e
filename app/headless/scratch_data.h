#pragma once
#include "postgres/server_guard.h"

#include <filesystem>
#include <optional>
#include <string>

namespace orderlab {

/// A folder for stores that nobody keeps: made when it is first asked for, removed with this object, or with the
/// program however that ends.
class ScratchData {
public:
    /// Its name begins with `name`. `parent` is made where needed; empty: the system's folder for temporary files.
    explicit ScratchData(std::string name, std::filesystem::path parent = {});
    ScratchData(const ScratchData&) = delete;
    ScratchData& operator=(const ScratchData&) = delete;

    /// `name` in it. Every user may enter, as a database server started by root runs as somebody else. Error:
    /// Unavailable.
    Result<std::filesystem::path> folder(const char* name);

private:
    Result<void> make();
    const std::string m_name;
    std::filesystem::path m_parent, m_path;
    std::optional<FolderGuard> m_guard;
};

} // namespace orderlab
