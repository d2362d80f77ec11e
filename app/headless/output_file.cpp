#include "headless/output_file.h"

#include <cstdio>

namespace orderlab {

Result<void> writeOutput(const std::string& path, const std::string& text)
{
    std::FILE* file = path == "-" ? stdout : std::fopen(path.c_str(), "wb");
    const bool written = file && std::fwrite(text.data(), 1, text.size(), file) == text.size();
    const bool closed = file && (file == stdout ? std::fflush(file) : std::fclose(file)) == 0;
    if (!written || !closed)
        return Error{ErrorCode::Unavailable, Retry::Never, "cannot write " + path, {}};
    return {};
}

} // namespace orderlab
