#include "end_signals.h"
#include "headless/commands.h"
#include "headless/say.h"
#include "headless/scratch_data.h"
#include "lab/soak_bench.h"
#include "lab_options.h"
#include "number_in.h"

#include <CLI/CLI.hpp>

#include <cstdio>

namespace orderlab {

namespace {

struct SoakArguments {
    SoakOptions options;
    std::string archive_after = "2m";
    bool json = false; ///< The output is JSON anyway.
    LabOptions lab;
};

int soak(SoakArguments arguments)
{
    const auto archive_after = spanOf("archive-after", arguments.archive_after);
    if (!archive_after)
        return fail(archive_after.error());
    arguments.options.archive_after = *archive_after;
    const EndSignals signals;
    ScratchData scratch("soak", defaultDataDir());
    if (arguments.lab.data_dir.empty()) {
        const auto folder = scratch.folder("data");
        if (!folder)
            return fail(folder.error());
        arguments.lab.data_dir = folder->string();
    }
    arguments.lab.store = "postgres";
    arguments.lab.postgres = "private";
    auto chosen = chooseLab(arguments.lab);
    if (!chosen)
        return fail(chosen.error());
    const auto report = benchSoak(chosen->config, arguments.options);
    if (!report)
        return fail(report.error());
    std::printf("%s\n", report->toJson().c_str());
    return exit_ok;
}

} // namespace

void addSoak(CLI::App& bench, Command& run)
{
    auto arguments = std::make_shared<SoakArguments>();
    arguments->lab.keep_inbox = arguments->lab.keep_keys = arguments->lab.keep_notifications = "2m";
    arguments->lab.keep_outbox = "30s";
    CLI::App* command = bench.add_subcommand(
        "soak", "Creates many orders with a new private PostgreSQL and bounds of minutes, and measures how much the "
                "database, files and memory grow an hour in the second half");
    command->add_option("--orders", arguments->options.pipeline.orders, "Orders to create, 1000 to 1000000000")
        ->check(numberIn(1'000, 1'000'000'000))
        ->capture_default_str();
    command
        ->add_option("--clients", arguments->options.pipeline.clients,
                     "Clients that create orders at the same time, 1 to 1024")
        ->check(numberIn(1, 1'024))
        ->capture_default_str();
    command
        ->add_option("--archive-after", arguments->archive_after,
                     "Archives final orders that are older than this, without keeping them")
        ->capture_default_str();
    command->add_flag("--json", arguments->json, "One JSON object (the default)");
    addLabOptions(*command, arguments->lab);
    command->callback([&run, arguments] { run = [arguments] { return soak(*arguments); }; });
}

} // namespace orderlab
