#pragma once
#include "base/result.h"

#include <filesystem>

namespace orderlab {

/// A folder for stores that nobody keeps: made when it is first asked for, removed with this object.
class ScratchData {
public:
    ScratchData() = default;
    ~ScratchData();
    ScratchData(const ScratchData&) = delete;
    ScratchData& operator=(const ScratchData&) = delete;

    /// `name` in it. Every user may enter, as a database server started by root runs as somebody else. Error:
    /// Unavailable.
    Result<std::filesystem::path> folder(const char* name);

private:
    std::filesystem::path m_path;
};

} // namespace orderlab
