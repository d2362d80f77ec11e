#include "base/json_tree.h"
#include "headless/commands.h"
#include "headless/progress_line.h"
#include "headless/say.h"
#include "number_in.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <sys/resource.h>
#include <sys/wait.h>

namespace orderlab {

namespace {

constexpr std::size_t output_max = 64 * 1024; ///< Of one run: a bench prints one object.

struct CompareOptions {
    std::string baseline;
    bool is_command = false; ///< `baseline`, instead of a program with the same benches.
    int rounds = 5;
    std::vector<std::string> bench;
};

/// What one run printed, number by number in its order, and what it cost.
using Figures = std::vector<std::pair<std::string, double>>;

/// As one word for a shell.
std::string quoted(const std::string& word)
{
    std::string text = "'";
    for (const char letter : word)
        text += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
    return text + '\'';
}

/// Of processes that have ended and were waited for, and of theirs.
double childrenCpuSeconds()
{
    rusage usage{};
    ::getrusage(RUSAGE_CHILDREN, &usage);
    const auto seconds = [](const timeval& time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

Result<Figures> figuresOf(const std::string& printed, const std::string& command)
{
    JsonProblem problem;
    const auto node = parseJsonTree(printed, problem);
    if (!node || node->type != JsonType::Object)
        return Error{ErrorCode::Corrupt, Retry::Never, command + " printed something else than one JSON object", {}};
    Figures figures;
    for (const JsonNode::Member& member : node->members) {
        double value = 0;
        const std::string& text = member.value.text;
        if (member.value.type == JsonType::Number
            && std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc{})
            figures.emplace_back(member.name, value);
    }
    return figures;
}

/// Runs a shell's command to its end. Its standard error is ours.
Result<Figures> runOnce(const std::string& command)
{
    const double cpu_before = childrenCpuSeconds();
    FILE* pipe = ::popen(command.c_str(), "re");
    if (!pipe)
        return unavailable("a process could not be started: " + std::generic_category().message(errno));
    std::string printed;
    std::array<char, 4096> part{};
    while (const std::size_t count = std::fread(part.data(), 1, part.size(), pipe))
        printed.append(part.data(), std::min(count, output_max - std::min(output_max, printed.size())));
    const int status = ::pclose(pipe);
    if (status != 0)
        return Error{ErrorCode::Unavailable,
                     Retry::Never,
                     command + " failed with exit code "
                         + std::to_string(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status)),
                     {}};
    auto figures = figuresOf(printed, command);
    if (figures)
        figures->emplace_back("cpu_s", childrenCpuSeconds() - cpu_before);
    return figures;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    return values.size() % 2 ? values[half] : (values[half - 1] + values[half]) / 2;
}

/// Of every run; nothing where one has no such figure.
std::optional<std::vector<double>> valuesOf(const std::vector<Figures>& runs, const std::string& name)
{
    std::vector<double> values;
    for (const Figures& run : runs) {
        const auto found =
            std::find_if(run.begin(), run.end(), [&](const auto& figure) { return figure.first == name; });
        if (found == run.end())
            return std::nullopt;
        values.push_back(found->second);
    }
    return values;
}

JsonNode listOf(const std::vector<double>& values)
{
    JsonNode list = JsonNode::array();
    for (const double value : values)
        list.items.push_back(JsonNode::number(value));
    return list;
}

/// Figures that both have.
JsonNode compared(const std::vector<Figures>& now, const std::vector<Figures>& baseline)
{
    JsonNode all = JsonNode::object();
    for (const auto& [name, ignored] : now.front()) {
        const auto ours = valuesOf(now, name), theirs = valuesOf(baseline, name);
        if (!ours || !theirs)
            continue;
        JsonNode figure = JsonNode::object();
        const double our_median = median(*ours), their_median = median(*theirs);
        figure.add("now", JsonNode::number(our_median)).add("baseline", JsonNode::number(their_median));
        if (their_median != 0)
            figure.add("ratio", JsonNode::number(our_median / their_median));
        figure.add("now_runs", listOf(*ours)).add("baseline_runs", listOf(*theirs));
        all.add(name, std::move(figure));
    }
    return all;
}

int compareBenches(const CompareOptions& options)
{
    std::error_code ignored;
    const std::string self = std::filesystem::read_symlink("/proc/self/exe", ignored).string();
    std::string bench = " bench";
    JsonNode words = JsonNode::array();
    for (const std::string& word : options.bench) {
        bench += ' ' + quoted(word);
        words.items.push_back(JsonNode::string(word));
    }
    const std::string commands[] = {quoted(self) + bench,
                                    options.is_command ? options.baseline : quoted(options.baseline) + bench};
    std::vector<Figures> runs[2];
    ProgressLine progress;
    for (int round = 0; round < options.rounds; ++round) {
        for (int i = 0; i < 2; ++i) {
            const int which = (round + i) % 2; // Whoever is first in one round is second in the next.
            progress.show("round " + std::to_string(round + 1) + " of " + std::to_string(options.rounds) + ": "
                          + (which == 0 ? "this program" : "the baseline"));
            auto figures = runOnce(commands[which]);
            progress.clear();
            if (!figures)
                return fail(figures.error());
            runs[which].push_back(std::move(*figures));
        }
    }
    JsonNode report = JsonNode::object();
    report.add("rounds", JsonNode::number(options.rounds))
        .add("bench", std::move(words))
        .add("baseline", JsonNode::string(options.baseline))
        .add("figures", compared(runs[0], runs[1]));
    std::printf("%s\n", report.toJson().c_str());
    return exit_ok;
}

} // namespace

void addCompareBench(CLI::App& bench, Command& run)
{
    auto options = std::make_shared<CompareOptions>();
    auto ignored = std::make_shared<bool>(false); // The output is JSON anyway.
    CLI::App* command = bench.add_subcommand(
        "compare", "Runs a bench of this program and one of another build by turns, and prints the medians of every "
                   "figure that both have, and their ratio. cpu_s is processor time of all processes of a run");
    command->add_option("BASELINE", options->baseline, "The other build's orderlabd")->required();
    command
        ->add_option("BENCH", options->bench,
                     "After `--`: the bench and its options, as in `-- postgres --orders 30000`")
        ->required();
    command->add_flag("--command", options->is_command,
                      "BASELINE is a whole command for the shell, which prints one JSON object");
    command->add_option("--rounds", options->rounds, "Runs of each, 1 to 99")
        ->check(numberIn(1, 99))
        ->capture_default_str();
    command->add_flag("--json", *ignored, "One JSON object (the default)");
    command->callback([&run, options, ignored] { run = [options] { return compareBenches(*options); }; });
}

} // namespace orderlab
