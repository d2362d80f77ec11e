#pragma once
#include "journal/recording.h"

#include <string>
#include <vector>

namespace orderlab {

/// A sentence each for what is not in a journal file that should be: that it was cut short, and what of it is damaged.
/// Empty for a whole file.
std::vector<std::string> whatIsMissing(const std::string& file, const Recording& recording);

} // namespace orderlab
