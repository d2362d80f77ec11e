#pragma once
#include "journal/recording.h"
#include "simulation/simulate.h"

#include <cstdio>

namespace orderlab {

/// A simulated run in a few lines for people.
void printReport(std::FILE* out, const SimulationReport& report);
/// Every broken promise of a run of `scenario` with its explanation and its moment, and `command`, which repeats the
/// run.
void printViolations(std::FILE* out, const Scenario& scenario, const SimulationReport& report,
                     const std::string& command);

/// The run as `simulate --json` prints it: with the line of its first wrong moment, or of its end, where that is short
/// enough for a line.
std::string reportJson(const Scenario& scenario, const SimulationReport& report);

/// The header of a simulated run's journal file: with it the run can be made again.
RecordingHeader headerOf(const Scenario& scenario, std::uint64_t seed);

/// Runs `scenario` and records its journal to `path` (empty: does not); `options.on_entries` is then taken. Errors:
/// those of simulate() and RecordingWriter.
Result<SimulationReport> simulateAndRecord(const Scenario& scenario, std::uint64_t seed, const std::string& path,
                                           SimulationOptions options = {});

} // namespace orderlab
