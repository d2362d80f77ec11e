#include "journal/query.h"

#include "headless/commands.h"
#include "headless/recording_text.h"
#include "headless/say.h"
#include "journal/entry_json.h"
#include "journal/entry_text.h"
#include "journal/query_matcher.h"
#include "journal/recording.h"
#include "number_in.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>

namespace orderlab {

namespace {

struct QueryArguments {
    std::string file, expression;
    bool json = false, count = false;
    std::uint64_t limit = 0; ///< 0: all.
};

/// As grep has them.
constexpr int exit_hit = exit_ok, exit_no_hit = exit_failed, exit_trouble = exit_usage;

int complainOf(const std::string& expression, const QueryProblem& problem)
{
    complain("1:" + std::to_string(problem.column) + ": " + problem.reason);
    const bool fits = expression.find('\n') == std::string::npos && expression.size() <= Query::bytes_max;
    if (fits) {
        // Without tabs the caret stands below the place.
        std::string shown = expression;
        std::replace(shown.begin(), shown.end(), '\t', ' ');
        std::fprintf(stderr, "  %s\n  %*s\n", shown.c_str(), int(problem.column), "^");
    }
    return exit_trouble;
}

int print(const QueryArguments& arguments, const Recording& recording, const std::vector<std::uint64_t>& hits)
{
    const std::int64_t origin_us = toMicros(recording.header.started_at);
    if (arguments.count)
        std::printf("%zu\n", hits.size());
    const std::size_t shown =
        arguments.limit == 0 ? hits.size() : std::size_t(std::min<std::uint64_t>(arguments.limit, hits.size()));
    std::string line;
    for (std::size_t i = 0; i < shown && !arguments.count; ++i) {
        const Entry& entry = recording.entries[hits[i]];
        line.clear();
        if (arguments.json)
            appendEntryJson(line, entry, *recording.names);
        else
            line = std::to_string(hits[i]) + ' ' + entryText(entry, *recording.names, origin_us);
        line += '\n';
        if (std::fwrite(line.data(), 1, line.size(), stdout) != line.size())
            break;
    }
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
        complain("cannot write to standard output");
        return exit_trouble;
    }
    return hits.empty() ? exit_no_hit : exit_hit;
}

int runQuery(const QueryArguments& arguments)
{
    QueryProblem problem;
    const auto query = readQuery(arguments.expression, problem);
    if (!query)
        return complainOf(arguments.expression, problem);
    const auto recording = readRecording(arguments.file);
    if (!recording) {
        complain(recording.error());
        return exit_trouble;
    }
    QueryMatcher matcher(*query, *recording->names, toMicros(recording->header.started_at));
    std::vector<std::uint64_t> hits;
    matcher.add(recording->entries, hits);
    matcher.finish(hits);
    std::sort(hits.begin(), hits.end());
    for (const std::string& line : whatIsMissing(arguments.file, *recording))
        complain(line);
    if (matcher.forgotten() > 0)
        complain("more entries had to be remembered than there is room for, so hits may be missing or wrong: say "
                 "`within` a shorter time");
    return print(arguments, *recording, hits);
}

} // namespace

void addQuery(CLI::App& app, Command& run)
{
    auto arguments = std::make_shared<QueryArguments>();
    CLI::App* command = app.add_subcommand(
        "query", "Finds entries of a journal file, such as 'attempt-failed group=payment' or 'gateway-charged "
                 "preceded-by gateway-charged same order'; exit code 1: there is none");
    command->add_option("FILE", arguments->file, "The journal file")->required();
    command
        ->add_option("EXPRESSION", arguments->expression,
                     "Kinds of entries and tests such as customer=ada, time>1.2s, attempt>=2, error~lost; and, or, "
                     "not, ( ); preceded-by and followed-by KIND same FIELD within TIME")
        ->required();
    CLI::Option* json = command->add_flag("--json", arguments->json, "Prints the entries as in journal files");
    CLI::Option* limit =
        command->add_option("--limit", arguments->limit, "Prints only the first so many, 1 to 1000000000; default: all")
            ->check(numberIn(1, 1'000'000'000));
    command->add_flag("--count", arguments->count, "Prints only how many there are")->excludes(json)->excludes(limit);
    command->callback([&run, arguments] { run = [arguments] { return runQuery(*arguments); }; });
}

} // namespace orderlab
