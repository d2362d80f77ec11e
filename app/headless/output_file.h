#pragma once
#include "base/result.h"

#include <string>

namespace orderlab {

/// Writes `text` to the file; "-": to standard output. Error: Unavailable, when not all of it could be written.
Result<void> writeOutput(const std::string& path, const std::string& text);

} // namespace orderlab
