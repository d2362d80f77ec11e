#include "headless/commands.h"
#include "headless/recording_text.h"
#include "headless/say.h"
#include "headless/server_link.h"
#include "journal/recording.h"
#include "journal/story.h"
#include "own_worker_options.h"
#include "simulation/moment_check.h"

#include <CLI/CLI.hpp>

#include <cstdio>

namespace orderlab {

namespace {

struct WhyOptions {
    std::string order;
    std::string journal_file;
    ServerAddress server;
    OwnWorkerTexts own_workers;
};

/// What is missing, a line each without the last line end; empty for a whole file.
std::string missingIn(const std::string& file, const Recording& recording)
{
    std::string all;
    for (const std::string& line : whatIsMissing(file, recording))
        all.append(all.empty() ? "" : "\n").append(line);
    return all;
}

Result<std::string> toldByJournal(const std::string& file, OrderId order)
{
    const auto recording = readRecording(file);
    if (!recording)
        return recording.error();
    const auto entries = collectStory(recording->entries, *recording->names, order);
    const std::string end = missingIn(file, *recording);
    if (entries.empty())
        return Error{ErrorCode::NotFound,
                     Retry::Never,
                     file + " has nothing about order " + order.toString() + (end.empty() ? "" : "; " + end),
                     {}};
    return storyText(order, tellStory(entries, *recording->names)) + (end.empty() ? "" : end + '\n');
}

Result<std::string> toldByServer(const ServerAddress& to, OrderId order)
{
    auto link = linkToServer(to);
    if (!link)
        return link.error();
    const Answer answer = (*link)->ask("GET", "/orders/" + order.toString() + "/story");
    if (!answer)
        return answer.error();
    const JsonNode* text = answer->find("text");
    if (!text || text->type != JsonType::String)
        return Error{ErrorCode::Corrupt, Retry::Never, "the server sent no story; is it an older Orderlab?", {}};
    const JsonNode* steps = answer->find("steps");
    if (steps && steps->items.empty())
        return text->text + "The server has no journal of this order: it was started later, or no longer keeps it.\n";
    return text->text;
}

/// Up to the moment.
int toldByMoment(const std::string& text, const OwnWorkerTexts& own_workers)
{
    const auto line = MomentLine::parse(text);
    if (!line) {
        complain(line.error().message);
        return exit_usage;
    }
    if (line->order.isNull()) {
        complain("the moment names no order: add &order= and its id");
        return exit_usage;
    }
    const auto workers = chooseOwnWorkers(own_workers);
    if (!workers) {
        complain(workers.error());
        return exit_usage;
    }
    std::vector<Entry> entries;
    auto names = std::make_unique<Names>();
    const auto keep = [&](std::span<const Entry> batch, const Names& of_run) {
        entries.insert(entries.end(), batch.begin(), batch.end());
        if (names->size() != of_run.size()) {
            names = std::make_unique<Names>();
            names->copy(of_run);
        }
    };
    const auto found = findMoment(*line, keep, {}, *workers);
    if (!found)
        return fail(found.error());
    if (!found->is_same) {
        complain(found->problem);
        return exit_other_run;
    }
    const auto story = collectStory(entries, *names, line->order);
    if (story.empty()) {
        complain("nothing has happened to order " + line->order.toString() + " by this moment");
        return exit_failed;
    }
    std::fputs(storyText(line->order, tellStory(story, *names)).c_str(), stdout);
    MomentLine same = *line;
    same.sha = found->sha;
    if (const auto printed = same.print())
        std::printf("moment: %s\n", printed->c_str());
    return exit_ok;
}

int why(const WhyOptions& options)
{
    if (MomentLine::isLine(options.order)) {
        if (options.journal_file.empty() && options.server.to.empty())
            return toldByMoment(options.order, options.own_workers);
        complain("a moment is told by making its run again: it needs neither --journal nor --to");
        return exit_usage;
    }
    const auto id = Uuid::parse(options.order);
    if (!id) {
        complain(options.order + " is neither an order id, which is a UUID, nor a moment (orderlab:…)");
        return exit_usage;
    }
    const OrderId order(*id);
    const auto told =
        options.journal_file.empty() ? toldByServer(options.server, order) : toldByJournal(options.journal_file, order);
    if (!told)
        return fail(told.error());
    std::fputs(told->c_str(), stdout);
    return exit_ok;
}

} // namespace

void addWhy(CLI::App& app, Command& run)
{
    auto options = std::make_shared<WhyOptions>();
    CLI::App* command = app.add_subcommand("why", "Tells the story of an order: every step, and what was unusual");
    command->add_option("ORDER", options->order, "The order's id; or a moment of a simulated run with &order=")
        ->required();
    CLI::Option* file =
        command->add_option("--journal", options->journal_file, "Reads a journal file instead of asking a server");
    command
        ->add_option("--to", options->server.to,
                     "URL of a running server (default: ORDERLAB_LISTEN, else http://127.0.0.1:8080)")
        ->excludes(file);
    addTlsCaOption(*command, options->server);
    addOwnWorkerOptions(*command, options->own_workers);
    command->callback([&run, options] { run = [options] { return why(*options); }; });
}

} // namespace orderlab
