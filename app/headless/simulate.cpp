#include "simulation/simulate.h"

#include "headless/commands.h"
#include "headless/say.h"
#include "journal/recording.h"
#include "runtime/virtual_runtime.h"

#include <CLI/CLI.hpp>

#include <charconv>
#include <cstdio>

namespace orderlab {

namespace {

struct SimulateOptions {
    SimulationOptions simulation;
    std::string seeds; ///< "A..B"; empty: just one.
    std::string journal_file;
    bool json = false;
};

constexpr std::uint64_t seeds_max = 10'000'000;

/// Reads "1..100".
Result<std::pair<std::uint64_t, std::uint64_t>> seedRange(const std::string& text)
{
    const Error wrong = invalidArgument("seeds", "must be a range such as 1..100, at most 10000000 seeds");
    const std::size_t dots = text.find("..");
    if (dots == std::string::npos)
        return wrong;
    std::uint64_t first = 0, last = 0;
    const char* begin = text.data();
    const char* end = begin + text.size();
    const auto read_first = std::from_chars(begin, begin + dots, first);
    const auto read_last = std::from_chars(begin + dots + 2, end, last);
    if (read_first.ec != std::errc{} || read_first.ptr != begin + dots || read_last.ec != std::errc{}
        || read_last.ptr != end || last < first || last - first >= seeds_max)
        return wrong;
    return std::pair{first, last};
}

/// CLI11 would take -1 for 18446744073709551615.
std::string isSeed(const std::string& text)
{
    std::uint64_t seed = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
    return error == std::errc{} && end == text.data() + text.size() ? "" : text + " is no seed: 0 to 18446744073709551615";
}

void printReport(const SimulationReport& report, bool json)
{
    if (json) {
        std::printf("%s\n", report.toJson().c_str());
        return;
    }
    const Totals& totals = report.totals;
    std::printf("seed %llu: %lld orders in %.3f s of virtual time: %lld paid, %lld failed, %lld canceled, %lld dead-lettered, "
                "%lld in flight\n"
                "  %lld events published, %lld deliveries, %lld retries, %lld duplicates skipped, %lld dead letters\n"
                "  journal: %llu entries, sha256 %s\n",
                static_cast<unsigned long long>(report.seed), static_cast<long long>(totals.accepted),
                report.virtual_seconds, static_cast<long long>(totals.paid), static_cast<long long>(totals.failed),
                static_cast<long long>(totals.canceled), static_cast<long long>(totals.dead_lettered),
                static_cast<long long>(totals.in_flight), static_cast<long long>(totals.published),
                static_cast<long long>(totals.deliveries), static_cast<long long>(totals.retries),
                static_cast<long long>(totals.duplicates_skipped), static_cast<long long>(totals.dead_letters),
                static_cast<unsigned long long>(report.journal_entries), report.journal_sha256.c_str());
    for (const InvariantOutcome& outcome : report.invariants) {
        if (outcome.holds)
            continue;
        std::printf("  %s is broken, %llu times:\n    %s\n", outcome.name.c_str(),
                    static_cast<unsigned long long>(outcome.violations),
                    outcome.first ? outcome.first->explanation.c_str() : "");
    }
}

/// What repeats the run, byte for byte.
std::string commandOf(const SimulationOptions& options)
{
    return "simulate --seed " + std::to_string(options.seed) + " --orders " + std::to_string(options.orders)
        + " --partitions " + std::to_string(options.partitions) + " --members " + std::to_string(options.members);
}

int runOne(SimulationOptions options, const std::string& journal_file, bool json)
{
    std::unique_ptr<RecordingWriter> writer;
    Result<void> written;
    if (!journal_file.empty()) {
        RecordingHeader header;
        header.started_at = VirtualRuntime::epoch();
        header.program = ORDERLAB_VERSION;
        auto created = RecordingWriter::create(journal_file, header);
        if (!created) {
            complain(created.error());
            return exit_failed;
        }
        writer = std::move(*created);
        options.on_entries = [&](std::span<const Entry> entries, const Names& names) {
            if (written)
                written = writer->write(entries, names);
        };
    }
    const auto report = simulate(options);
    if (writer && written)
        written = writer->close();
    if (!report || !written) {
        complain(report ? written.error() : report.error());
        return report ? exit_failed : exitCodeOf(report.error());
    }
    printReport(*report, json);
    if (report->holds())
        return exit_ok;
    std::fprintf(stderr, "seed %llu breaks a promise. To see it again: orderlabd %s\n",
                 static_cast<unsigned long long>(report->seed), commandOf(options).c_str());
    return exit_failed;
}

int runSimulate(const SimulateOptions& options)
{
    if (options.seeds.empty())
        return runOne(options.simulation, options.journal_file, options.json);
    const auto range = seedRange(options.seeds);
    if (!range) {
        complain(range.error());
        return exit_usage;
    }
    for (std::uint64_t seed = range->first;; ++seed) {
        SimulationOptions one = options.simulation;
        one.seed = seed;
        if (const int code = runOne(one, {}, options.json); code != exit_ok)
            return code;
        if (seed == range->second)
            return exit_ok;
    }
}

} // namespace

void addSimulate(CLI::App& app, Command& run)
{
    auto options = std::make_shared<SimulateOptions>();
    CLI::App* command =
        app.add_subcommand("simulate", "Runs the whole system on a virtual clock; a seed repeats it byte for byte");
    auto* seed = command->add_option("--seed", options->simulation.seed, "What decides everything left to chance")
                     ->check(isSeed)
                     ->capture_default_str();
    auto* seeds = command->add_option("--seeds", options->seeds, "Every seed from A to B: A..B");
    command->add_option("--orders", options->simulation.orders, "Orders that customers create, 1 to 1000000")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    command->add_option("--partitions", options->simulation.partitions, "Partitions a topic, 1 to 64")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
    command->add_option("--members", options->simulation.members, "Members of each group, 1 to 16")
        ->check(CLI::Range(1, 16))
        ->capture_default_str();
    auto* journal = command->add_option("--journal", options->journal_file, "Records the journal to this file");
    command->add_flag("--json", options->json, "One JSON object a seed");
    seeds->excludes(seed)->excludes(journal);
    command->callback([&run, options] { run = [options] { return runSimulate(*options); }; });
}

} // namespace orderlab
