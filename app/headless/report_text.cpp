#include "headless/report_text.h"

#include "runtime/virtual_runtime.h"
#include "simulation/moment_check.h"

namespace orderlab {

namespace {

using Count = long long; ///< What printf() calls a 64-bit number.

} // namespace

void printReport(std::FILE* out, const SimulationReport& report)
{
    const Totals& totals = report.totals;
    std::fprintf(out,
                 "seed %llu: %lld orders in %.3f s of virtual time: %lld paid, %lld failed, %lld canceled, "
                 "%lld dead-lettered, %lld in flight\n"
                 "  %lld events published, %lld deliveries, %lld retries, %lld duplicates skipped, %lld dead letters\n",
                 static_cast<unsigned long long>(report.seed), Count(totals.accepted), report.virtual_seconds,
                 Count(totals.paid), Count(totals.failed), Count(totals.canceled), Count(totals.dead_lettered),
                 Count(totals.in_flight), Count(totals.published), Count(totals.deliveries), Count(totals.retries),
                 Count(totals.duplicates_skipped), Count(totals.dead_letters));
    if (!report.faults.empty()) {
        std::fprintf(out, "  %llu faults injected\n", static_cast<unsigned long long>(report.faults_injected));
        for (const SimulationReport::Struck& struck : report.faults)
            std::fprintf(out, "    %5llu  %s\n", static_cast<unsigned long long>(struck.times), struck.fault.c_str());
    }
    for (const RefusedChange& one : report.refused)
        std::fprintf(out, "  at %.3f s, %s could not be made: %s\n",
                     std::chrono::duration<double>(one.change.at).count(), toString(one.change.setting).c_str(),
                     one.reason.c_str());
    std::fprintf(out, "  journal: %llu entries", static_cast<unsigned long long>(report.journal_entries));
    if (!report.journal_sha256.empty())
        std::fprintf(out, ", sha256 %s", report.journal_sha256.c_str());
    std::fprintf(out, "\n");
    if (report.happens)
        std::fprintf(out, "  %llu %s of what is to happen: %s\n", static_cast<unsigned long long>(report.happens->hits),
                     report.happens->hits == 1 ? "entry" : "entries", report.happens->query.c_str());
    if (report.holds())
        std::fprintf(out, "  all %zu invariants hold\n", report.invariants.size());
}

namespace {

/// "moment: orderlab:…", or why there is none.
std::string momentText(const Scenario& scenario, std::uint64_t seed, const InvariantOutcome::First& first)
{
    const auto moment = momentOf(scenario, seed, first);
    const auto line = moment ? moment->print() : Result<std::string>(moment.error());
    return line ? "moment: " + *line : "no moment: " + line.error().message;
}

} // namespace

void printViolations(std::FILE* out, const Scenario& scenario, const SimulationReport& report,
                     const std::string& command)
{
    for (const InvariantOutcome& one : report.invariants) {
        if (one.holds)
            continue;
        std::fprintf(out, "seed %llu breaks %s (%llu %s)\n  ", static_cast<unsigned long long>(report.seed),
                     one.name.c_str(), static_cast<unsigned long long>(one.violations),
                     one.violations == 1 ? "time" : "times");
        if (!one.first->order.isNull())
            std::fprintf(out, "order %s, ", one.first->order.toString().c_str());
        std::fprintf(out, "at %.3f s: %s\n  %s\n", one.first->virtual_seconds, one.first->explanation.c_str(),
                     momentText(scenario, report.seed, *one.first).c_str());
    }
    if (report.hasForbidden())
        std::fprintf(out, "seed %llu has what never happens (%llu %s, the first is entry %llu): %s\n  %s\n",
                     static_cast<unsigned long long>(report.seed), static_cast<unsigned long long>(report.never->hits),
                     report.never->hits == 1 ? "time" : "times", static_cast<unsigned long long>(report.never->first),
                     report.never->query.c_str(),
                     momentText(scenario, report.seed, {{}, 0, {}, report.never->first}).c_str());
    if (!report.holds() || report.hasForbidden())
        std::fprintf(out, "repeat it with: %s\n", command.c_str());
}

std::string reportJson(const Scenario& scenario, const SimulationReport& report)
{
    const auto moment = momentOf(scenario, report);
    const auto line = moment ? moment->print() : Result<std::string>(moment.error());
    return report.toJson(line ? *line : std::string());
}

RecordingHeader headerOf(const Scenario& scenario, std::uint64_t seed)
{
    RecordingHeader header;
    header.started_at = VirtualRuntime::epoch();
    header.program = ORDERLAB_VERSION;
    header.seed = seed;
    header.scenario = scenario.toJsonNode().toJson();
    return header;
}

Result<SimulationReport> simulateAndRecord(const Scenario& scenario, std::uint64_t seed, const std::string& path,
                                           SimulationOptions options)
{
    if (path.empty())
        return simulate(scenario, seed, options);
    auto writer = RecordingWriter::create(path, headerOf(scenario, seed));
    if (!writer)
        return writer.error();
    Result<void> written;
    options.on_entries = [&](std::span<const Entry> entries, const Names& names) {
        if (written)
            written = (*writer)->write(entries, names);
    };
    auto report = simulate(scenario, seed, options);
    if (written)
        written = (*writer)->close();
    ORDERLAB_TRY(return, written);
    return report;
}

} // namespace orderlab
