#include "headless/commands.h"
#include "headless/progress_line.h"
#include "headless/say.h"
#include "number_in.h"
#include "simulation/journal_bench.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <filesystem>

namespace orderlab {

void addJournalBench(CLI::App& bench, Command& run)
{
    auto options = std::make_shared<JournalBenchOptions>();
    options->folder = std::filesystem::temp_directory_path().string();
    CLI::App* command = bench.add_subcommand(
        "journal", "What a recorded run costs: the memory of its timeline, jumps in it, files of both forms");
    command->add_option("--entries", options->entries, "Entries of the run, 1000 to 20000000")
        ->check(numberIn(1'000, 20'000'000))
        ->capture_default_str();
    command->add_option("--folder", options->folder,
                        "Where the files are made and removed; default: the system's for temporary files");
    auto ignored = std::make_shared<bool>(false);
    command->add_flag("--json", *ignored, "One JSON object (the default)");
    command->callback([&run, options, ignored] {
        run = [options] {
            static ProgressLine progress;
            options->on_progress = [](const std::string& text) { progress.show(text); };
            const auto report = benchJournal(*options);
            progress.clear();
            if (!report)
                return fail(report.error());
            std::printf("%s\n", report->c_str());
            return exit_ok;
        };
    });
}

} // namespace orderlab
