#pragma once
#include <string>
#include <vector>

namespace orderlab {

struct ForkArguments {
    std::string recording;
    std::string at;
    std::vector<std::string> settings;
};

/// `simulate --from-journal`: prints the first difference between both futures, and both reports. Returns the exit
/// code: that of the second future.
int runFork(const ForkArguments& arguments, const std::string& journal_file, bool json);

} // namespace orderlab
