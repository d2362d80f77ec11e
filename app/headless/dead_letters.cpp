#include "headless/commands.h"
#include "headless/dead_letter_text.h"
#include "headless/json_text.h"
#include "headless/say.h"
#include "headless/server_link.h"
#include "lab_options.h"
#include "number_in.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace orderlab {

namespace {

struct DeadLetterOptions {
    LabOptions lab;
    bool local = false;
    ServerAddress server;
    bool json = false;
    // Which ones.
    std::vector<std::string> ids;
    std::string group, error, event, order, state = "waiting";
    bool all = false;
    bool causes = false;
    std::size_t limit = 50;
    // What to do with them.
    bool yes = false;
    std::string reason, data;
    double rate = 100;
};

Result<std::unique_ptr<ServerLink>> open(const DeadLetterOptions& options)
{
    if (!options.local)
        return linkToServer(options.server);
    auto chosen = chooseLab(options.lab);
    if (!chosen)
        return chosen.error();
    return linkToOwnStore(std::move(chosen->config));
}

std::string person()
{
    char host[256] = {};
    gethostname(host, sizeof host - 1);
    const char* user = std::getenv("USER");
    return "cli " + std::string(user && *user ? user : "somebody") + '@' + host;
}

std::string queryOf(const DeadLetterOptions& options)
{
    std::string query;
    const std::pair<const char*, const std::string&> parts[] = {{"group", options.group},
                                                                {"error", options.error},
                                                                {"event", options.event},
                                                                {"order_id", options.order},
                                                                {"state", options.state}};
    for (const auto& [name, value] : parts) {
        if (!value.empty() && value != "all")
            query += std::string("&") + name + '=' + urlEncoded(value);
    }
    return query;
}

int list(const DeadLetterOptions& options)
{
    const auto link = open(options);
    if (!link)
        return fail(link.error());
    if (options.causes) {
        const Answer answer = (*link)->ask("GET", "/dead-letters/causes?" + queryOf(options).erase(0, 1));
        if (!answer)
            return fail(answer.error());
        std::fputs((options.json ? answer->toPrettyJson() : causesText(*answer)).c_str(), stdout);
        return exit_ok;
    }
    JsonNode letters = JsonNode::array();
    std::string cursor;
    do {
        const std::size_t size = std::min<std::size_t>(options.limit - letters.items.size(), 500);
        Answer page = (*link)->ask("GET", "/dead-letters?limit=" + std::to_string(size) + queryOf(options)
                                              + (cursor.empty() ? "" : "&cursor=" + urlEncoded(cursor)));
        if (!page)
            return fail(page.error());
        const JsonNode* found = page->find("dead_letters");
        for (std::size_t i = 0; found && i < found->items.size(); ++i)
            letters.items.push_back(found->items[i]);
        const JsonNode* next = page->find("next_cursor");
        cursor = next ? next->text : std::string();
    } while (!cursor.empty() && letters.items.size() < options.limit);
    std::fputs((options.json ? letters.toPrettyJson() : lettersText(letters, !cursor.empty())).c_str(), stdout);
    return exit_ok;
}

int show(const DeadLetterOptions& options)
{
    const auto link = open(options);
    if (!link)
        return fail(link.error());
    for (const std::string& id : options.ids) {
        const Answer letter = (*link)->ask("GET", "/dead-letters/" + urlEncoded(id));
        if (!letter)
            return fail(letter.error());
        std::fputs((options.json ? letter->toPrettyJson() : letterText(*letter)).c_str(), stdout);
    }
    return exit_ok;
}

/// {"by","reason"} and more to come.
JsonNode decisionOf(const DeadLetterOptions& options)
{
    JsonNode body = JsonNode::object();
    body.add("by", JsonNode::string(person()));
    if (!options.reason.empty())
        body.add("reason", JsonNode::string(options.reason));
    return body;
}

JsonNode filterOf(const DeadLetterOptions& options)
{
    JsonNode body = decisionOf(options);
    const std::pair<const char*, const std::string&> parts[] = {
        {"group", options.group}, {"error", options.error}, {"event", options.event}, {"order_id", options.order}};
    for (const auto& [name, value] : parts) {
        if (!value.empty())
            body.add(name, JsonNode::string(value));
    }
    return body;
}

/// Asks for a part at a time, so that there is progress to tell; as many as were forecast, so that a letter that fails
/// again at once is not replayed for ever.
int replayFiltered(const DeadLetterOptions& options, ServerLink& link)
{
    JsonNode question = filterOf(options);
    question.add("dry_run", JsonNode::boolean(true));
    const Answer forecast = link.ask("POST", "/dead-letters/replay", question.toJson());
    if (!forecast)
        return fail(forecast.error());
    const std::int64_t wanted = numberIn(*forecast, "to_replay");
    std::fprintf(options.json ? stderr : stdout, "%s\n", textIn(*forecast, "sentence").c_str());
    std::fflush(stdout);
    if (wanted == 0)
        return exit_ok;
    if (!agreed(options.yes, "Replay them?"))
        return exit_failed;
    std::int64_t replayed = 0, skipped = 0;
    while (replayed + skipped < wanted) {
        const auto part = std::uint64_t(std::clamp<double>(options.rate, 1, 500));
        JsonNode body = filterOf(options);
        body.add("rate", JsonNode::number(options.rate));
        body.add("limit", JsonNode::number(std::min(part, std::uint64_t(wanted - replayed - skipped))));
        const Answer report = link.ask("POST", "/dead-letters/replay", body.toJson());
        if (!report)
            return fail(report.error());
        replayed += numberIn(*report, "replayed");
        skipped += numberIn(*report, "skipped");
        if (isatty(STDERR_FILENO))
            std::fprintf(stderr, "\r%lld of %lld replayed ", static_cast<long long>(replayed),
                         static_cast<long long>(wanted));
        if (report->find("failure"))
            return fail(unavailable(textIn(*report, "failure")));
        if (numberIn(*report, "replayed") + numberIn(*report, "skipped") == 0)
            break; // Somebody else was quicker.
    }
    if (isatty(STDERR_FILENO))
        std::fprintf(stderr, "\n");
    if (options.json) {
        JsonNode sum = JsonNode::object();
        sum.add("replayed", JsonNode::number(std::uint64_t(replayed)))
            .add("skipped", JsonNode::number(std::uint64_t(skipped)));
        std::fputs(sum.toPrettyJson().c_str(), stdout);
    } else {
        std::printf("replayed %lld, left to others %lld\n", static_cast<long long>(replayed),
                    static_cast<long long>(skipped));
    }
    return exit_ok;
}

int replayNamed(const DeadLetterOptions& options, ServerLink& link)
{
    JsonNode body = decisionOf(options);
    if (!options.data.empty()) {
        JsonProblem problem;
        auto data = parseJsonTree(options.data, problem);
        if (!data)
            return fail(invalidArgument("data", problem.reason + ", at byte " + std::to_string(problem.offset)));
        body.add("data", std::move(*data));
    }
    for (const std::string& id : options.ids) {
        const std::string path = "/dead-letters/" + urlEncoded(id) + "/replay";
        const Answer forecast = link.ask("POST", path, R"({"dry_run":true})");
        if (!forecast)
            return fail(forecast.error());
        std::fprintf(options.json ? stderr : stdout, "%s: %s\n", id.c_str(), textIn(*forecast, "sentence").c_str());
        std::fflush(stdout);
        if (!agreed(options.yes, "Replay it?"))
            return exit_failed;
        const Answer letter = link.ask("POST", path, body.toJson());
        if (!letter)
            return fail(letter.error());
        std::fputs((options.json ? letter->toPrettyJson() : "replayed " + id + '\n').c_str(), stdout);
    }
    return exit_ok;
}

int replay(const DeadLetterOptions& options)
{
    const bool has_filter =
        !options.group.empty() || !options.error.empty() || !options.event.empty() || !options.order.empty();
    if (options.ids.empty() == !(has_filter || options.all))
        return fail(invalidArgument(
            "", options.ids.empty()
                    ? "which dead letters? Give their ids, a filter (--group, --error, --event, --order) or --all"
                    : "dead letters are replayed by their ids, or by a filter or --all, not by both"));
    if (!options.data.empty() && options.ids.size() != 1)
        return fail(invalidArgument("data", "replaces the data of one dead letter: name it"));
    const auto link = open(options);
    if (!link)
        return fail(link.error());
    return options.ids.empty() ? replayFiltered(options, **link) : replayNamed(options, **link);
}

int discard(const DeadLetterOptions& options)
{
    const auto link = open(options);
    if (!link)
        return fail(link.error());
    for (const std::string& id : options.ids) {
        const std::string path = "/dead-letters/" + urlEncoded(id);
        const Answer letter = (*link)->ask("GET", path);
        if (!letter)
            return fail(letter.error());
        std::fputs(options.json ? "" : letterText(*letter).c_str(), stdout);
        std::fflush(stdout);
        if (!agreed(options.yes, "Discard it for good?"))
            return exit_failed;
        const Answer gone =
            (*link)->ask("DELETE", path + "?by=" + urlEncoded(person())
                                       + (options.reason.empty() ? "" : "&reason=" + urlEncoded(options.reason)));
        if (!gone)
            return fail(gone.error());
        std::fputs((options.json ? gone->toPrettyJson() : "discarded " + id + '\n').c_str(), stdout);
    }
    return exit_ok;
}

void addFilter(CLI::App& command, DeadLetterOptions& options)
{
    command.add_option("--group", options.group, "Only dead letters of this consumer group, such as payment");
    command.add_option("--error", options.error, "Only dead letters with this error, the whole text");
    command.add_option("--event", options.event, "Only events of this type, such as order-created");
    command.add_option("--order", options.order, "Only events of this order");
}

/// Which store's option is given on the command line, though a server is to answer; empty: none. What stands in the
/// environment is for servers, too, and means nothing here.
std::string uselessStoreOption(const CLI::App& command, const DeadLetterOptions& options)
{
    for (const char* name : {"--store", "--postgres", "--data-dir"}) {
        const CLI::Option* option = command.get_option(name);
        const char* variable = std::getenv(option->get_envname().c_str());
        if (!options.local && option->count() > 0 && !(variable && option->as<std::string>() == variable))
            return std::string(name).substr(2);
    }
    return {};
}

/// What all four have.
CLI::App* addPart(CLI::App& parent, const char* name, const char* help, std::shared_ptr<DeadLetterOptions> options,
                  int (*part)(const DeadLetterOptions&), Command& run)
{
    CLI::App* command = parent.add_subcommand(name, help);
    CLI::Option* to = command->add_option(
        "--to", options->server.to, "URL of a running server (default: ORDERLAB_LISTEN, else http://127.0.0.1:8080)");
    addTlsCaOption(*command, options->server);
    command
        ->add_flag("--local", options->local,
                   "Opens the store itself, as the options below say; no server may be running on it")
        ->excludes(to);
    command->add_flag("--json", options->json, "Prints JSON instead of text");
    addLabOptions(*command, options->lab);
    command->callback([&run, options, part, command] {
        const std::string useless = uselessStoreOption(*command, *options);
        run = [options, part, useless] {
            if (!useless.empty())
                return fail(invalidArgument(
                    useless, "goes with --local only; without it a running server answers, from its own store"));
            return part(*options);
        };
    });
    return command;
}

} // namespace

void addDeadLetters(CLI::App& app, Command& run)
{
    auto options = std::make_shared<DeadLetterOptions>();
    CLI::App* command = app.add_subcommand(
        "dead-letters", "Lists, shows, replays and discards events that a consumer group gave up on");
    command->require_subcommand(1);
    CLI::App* listing = addPart(*command, "list", "Lists dead letters, newest first", options, list, run);
    addFilter(*listing, *options);
    listing
        ->add_option("--state", options->state, "Only dead letters in this state: waiting, replayed, discarded or all")
        ->capture_default_str();
    listing->add_option("--limit", options->limit, "The most dead letters to list, 1 to 100000")
        ->check(numberIn(1, 100'000))
        ->capture_default_str();
    listing->add_flag("--causes", options->causes, "Counts dead letters by cause instead");
    CLI::App* showing = addPart(*command, "show", "Shows everything that is kept of dead letters, with every attempt",
                                options, show, run);
    showing->add_option("ID", options->ids, "Ids of dead letters")->required();
    CLI::App* replaying =
        addPart(*command, "replay", "Gives dead letters back to the group that failed", options, replay, run);
    replaying->add_option("ID", options->ids, "Ids of dead letters; or use a filter, or --all");
    addFilter(*replaying, *options);
    replaying->add_flag("--all", options->all, "All dead letters that wait");
    replaying->add_option("--data", options->data, "JSON that replaces the event's data before the replay");
    replaying->add_option("--rate", options->rate, "The most replays a second, 0.1 to 100000")
        ->check(numberIn(0.1, 100'000.0))
        ->capture_default_str();
    CLI::App* discarding =
        addPart(*command, "discard", "Marks dead letters as discarded: nobody will handle them; their rows are kept",
                options, discard, run);
    discarding->add_option("ID", options->ids, "Ids of dead letters")->required();
    for (CLI::App* deciding : {replaying, discarding}) {
        deciding->add_flag("--yes", options->yes, "Does not ask for confirmation");
        deciding->add_option("--reason", options->reason, "Reason, kept in the audit");
    }
}

} // namespace orderlab
