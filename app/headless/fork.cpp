#include "headless/fork.h"

#include "headless/commands.h"
#include "headless/divergence_text.h"
#include "headless/report_text.h"
#include "headless/say.h"
#include "headless/scenario_options.h"
#include "simulation/fork.h"

namespace orderlab {

namespace {

Result<ForkOptions> optionsOf(const ForkArguments& arguments)
{
    ForkOptions fork;
    const auto at = parseDuration(arguments.at);
    if (!at)
        return invalidArgument("fork-at", at.error().message);
    fork.at = *at;
    for (const std::string& text : arguments.settings) {
        auto setting = parseSetting(text);
        if (!setting)
            return setting.error();
        fork.settings.push_back(std::move(*setting));
    }
    return fork;
}

/// The scenario of the recorded run with the fork as one more change.
Result<Scenario> forkedScenario(const Recording& recording, const ForkOptions& fork)
{
    auto scenario = parseScenario(recording.header.scenario, "the recording's scenario");
    if (!scenario)
        return scenario.error();
    for (const Change::Setting& setting : fork.settings)
        scenario->changes.push_back({fork.at, setting});
    return scenario;
}

/// Forks, and records the second future where `path` says so.
Result<ForkReport> forkAndRecord(const Recording& recording, const ForkOptions& fork, const std::string& path)
{
    SimulationOptions options;
    std::unique_ptr<RecordingWriter> writer;
    Result<void> written;
    if (!path.empty() && !recording.header.scenario.empty() && recording.header.seed) {
        const auto scenario = forkedScenario(recording, fork);
        if (!scenario)
            return scenario.error();
        auto created = RecordingWriter::create(path, headerOf(*scenario, *recording.header.seed));
        if (!created)
            return created.error();
        writer = std::move(*created);
        options.on_entries = [&](std::span<const Entry> entries, const Names& names) {
            if (written)
                written = writer->write(entries, names);
        };
    }
    auto report = forkRecording(recording, fork, options);
    if (writer && written)
        written = writer->close();
    if (report)
        ORDERLAB_TRY(return, written);
    return report;
}

void printText(const ForkReport& report, const ForkArguments& arguments)
{
    std::string settings;
    for (const std::string& setting : arguments.settings)
        settings += " " + setting;
    std::printf("forked at %s:%s\n", arguments.at.c_str(), settings.c_str());
    if (const auto& divergence = report.divergence) {
        std::printf("first difference, entry %llu:\n", static_cast<unsigned long long>(divergence->index + 1));
        printDivergence(*divergence, "as recorded", "forked");
    } else {
        std::printf("no difference: both runs are the same\n");
    }
    for (const auto& [title, one] : {std::pair{"as recorded", &report.first}, std::pair{"forked", &report.second}}) {
        std::printf("\n%s: ", title);
        printReport(stdout, *one);
        for (const InvariantOutcome& invariant : one->invariants) {
            if (!invariant.holds)
                std::printf("  %s is broken (%llu): %s\n", invariant.name.c_str(),
                            static_cast<unsigned long long>(invariant.violations),
                            invariant.first->explanation.c_str());
        }
    }
}

void printJson(const ForkReport& report, const ForkArguments& arguments)
{
    JsonNode settings = JsonNode::array();
    for (const std::string& setting : arguments.settings)
        settings.items.push_back(JsonNode::string(setting));
    JsonNode difference;
    if (report.divergence) {
        difference = JsonNode::object();
        difference.add("entry", JsonNode::number(report.divergence->index + 1))
            .add("first", treeOf(report.divergence->first))
            .add("second", treeOf(report.divergence->second));
    }
    JsonNode node = JsonNode::object();
    node.add("fork_at", JsonNode::string(arguments.at))
        .add("set", std::move(settings))
        .add("difference", std::move(difference))
        .add("first", treeOf(report.first.toJson()))
        .add("second", treeOf(report.second.toJson()));
    std::printf("%s\n", node.toJson().c_str());
}

} // namespace

int runFork(const ForkArguments& arguments, const std::string& journal_file, bool json)
{
    const auto fork = optionsOf(arguments);
    if (!fork) {
        complain(fork.error());
        return exit_usage;
    }
    const auto recording = readRecording(arguments.recording);
    if (!recording) {
        complain(recording.error().message);
        return exit_usage;
    }
    const auto report = forkAndRecord(*recording, *fork, journal_file);
    if (!report)
        return fail(report.error());
    json ? printJson(*report, arguments) : printText(*report, arguments);
    return report->second.holds() ? exit_ok : exit_failed;
}

} // namespace orderlab
