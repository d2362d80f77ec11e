#pragma once
#include <functional>

namespace CLI {
class App;
}

namespace orderlab {

/// What a command does once its options are read; returns the exit code.
using Command = std::function<int()>;

/// Each adds one command of orderlabd to `app`. When the user chose it, `run` is set.
void addServe(CLI::App& app, Command& run, int argc, char** argv);
void addImport(CLI::App& app, Command& run);
void addDemo(CLI::App& app, Command& run);
void addSimulate(CLI::App& app, Command& run);
void addHunt(CLI::App& app, Command& run);
void addFate(CLI::App& app, Command& run);
void addScenario(CLI::App& app, Command& run);
void addScenarioFrom(CLI::App& app, Command& run);
void addConfig(CLI::App& app, Command& run, int argc, char** argv);
void addBench(CLI::App& app, Command& run);
void addDeadLetters(CLI::App& app, Command& run);
void addGroups(CLI::App& app, Command& run);
void addTopics(CLI::App& app, Command& run);
void addCompare(CLI::App& app, Command& run);
void addWhy(CLI::App& app, Command& run);
void addQuery(CLI::App& app, Command& run);
void addLesson(CLI::App& app, Command& run);
void addConvert(CLI::App& app, Command& run);
void addArchive(CLI::App& app, Command& run);
void addRoles(CLI::App& app, Command& run);
void addWorker(CLI::App& app, Command& run);
void addClassroom(CLI::App& app, Command& run);
void addStatus(CLI::App& app, Command& run);
void addUpgradeData(CLI::App& app, Command& run);
void addSoak(CLI::App& bench, Command& run);         ///< Below `bench`.
void addJournalBench(CLI::App& bench, Command& run); ///< Below `bench`.
void addClassBench(CLI::App& bench, Command& run);   ///< Below `bench`.
void addWorkerBench(CLI::App& bench, Command& run);  ///< Below `bench`.
void addCompareBench(CLI::App& bench, Command& run); ///< Below `bench`.

inline constexpr int exit_ok = 0;
inline constexpr int exit_failed = 1;    ///< It was asked for rightly, and could not be done.
inline constexpr int exit_usage = 2;     ///< An option or an environment variable is wrong.
inline constexpr int exit_other_run = 3; ///< This version makes another run of a moment than the one it tells of.
inline constexpr int exit_bug =
    70; ///< A mistake of Orderlab's own, which no user can mend; sysexits.h calls it EX_SOFTWARE.

} // namespace orderlab
