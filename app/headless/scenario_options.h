#pragma once
#include "own_worker_options.h"
#include "simulation/scenario.h"

namespace CLI {
class App;
}

namespace orderlab {

/// [SCENARIO] and what is changed in it, as several commands take it.
struct ScenarioOptions {
    std::string name;         ///< A file or a shipped scenario; empty: the program's default.
    std::uint64_t orders = 0; ///< This and the next two: 0 leaves them as they are.
    std::uint16_t partitions = 0;
    std::size_t members = 0;
    std::vector<std::string> without;
    std::vector<std::string> faults;
    OwnWorkerTexts own_workers;
};

void addScenarioOptions(CLI::App& command, ScenarioOptions& options);
/// Error: InvalidArgument, with the option to blame.
Result<Scenario> chooseScenario(const ScenarioOptions& options);
/// " SCENARIO --orders 5": what a shell needs for the same choice.
std::string argumentsOf(const ScenarioOptions& options);
/// " --worker payment=…", likewise.
std::string argumentsOf(const OwnWorkerTexts& texts);
/// For CLI11: "" for a seed. CLI11 itself would take -1 for 18446744073709551615.
std::string isSeed(const std::string& text);
/// `text` as one word of a shell.
std::string shellWord(const std::string& text);

} // namespace orderlab
