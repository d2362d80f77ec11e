#include "own_worker/own_worker.h"

#include "domain/event.h"
#include "handlers/group_registry.h"
#include "own_worker/worker_link.h"

#include <algorithm>

namespace orderlab {

namespace {

constexpr std::size_t group_name_max = 40;
constexpr std::size_t command_bytes_max = 4'096;

Error wrong(std::string message)
{
    return invalidArgument("worker", std::move(message));
}

bool isGroupName(std::string_view name)
{
    const auto isFine = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !name.empty() && name.size() <= group_name_max && name.front() >= 'a' && name.front() <= 'z'
           && std::all_of(name.begin(), name.end(), isFine);
}

Result<std::vector<EventType>> topicsOf(std::string_view list)
{
    std::vector<EventType> topics;
    for (std::size_t at = 0; at <= list.size();) {
        const std::size_t comma = std::min(list.find(',', at), list.size());
        const auto topic = eventTypeOf(list.substr(at, comma - at));
        if (!topic) {
            std::string known;
            for (const EventTypeInfo& info : event_types)
                known.append(known.empty() ? "" : ", ").append(info.topic);
            return invalidArgument("topics", "there is no topic \"" + std::string(list.substr(at, comma - at))
                                                 + "\"; known are " + known);
        }
        if (std::find(topics.begin(), topics.end(), *topic) == topics.end())
            topics.push_back(*topic);
        at = comma + 1;
    }
    return topics;
}

} // namespace

Result<std::vector<std::string>> splitCommand(std::string_view command)
{
    std::vector<std::string> words;
    bool in_word = false;
    char quote = 0;
    for (std::size_t i = 0; i < command.size(); ++i) {
        const char c = command[i];
        const bool is_blank = c == ' ' || c == '\t' || c == '\n';
        if (quote == 0 && is_blank) {
            in_word = false;
            continue;
        }
        if (!in_word) {
            words.emplace_back();
            in_word = true;
        }
        if (quote == 0 && (c == '\'' || c == '"'))
            quote = c;
        else if (c == quote)
            quote = 0;
        else if (c == '\\' && quote != '\'' && i + 1 < command.size())
            words.back() += command[++i];
        else
            words.back() += c;
    }
    if (quote != 0)
        return wrong(std::string("the command has a ") + quote + " that does not end: " + std::string(command));
    if (words.empty() || words.front().empty())
        return wrong("the command is empty");
    return words;
}

const OwnWorker* findOwnWorker(std::span<const OwnWorker> workers, std::string_view group)
{
    const auto found =
        std::find_if(workers.begin(), workers.end(), [group](const OwnWorker& one) { return one.group == group; });
    return found == workers.end() ? nullptr : &*found;
}

Result<std::vector<OwnWorker>> parseOwnWorkers(std::span<const std::string> workers,
                                               std::span<const std::string> topics)
{
    std::vector<OwnWorker> all;
    for (const std::string& text : workers) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos)
            return wrong("must be GROUP=COMMAND, such as payment='python3 my_payment.py', not \"" + text + '"');
        OwnWorker worker{text.substr(0, equals), text.substr(equals + 1), {}};
        if (const GroupKind* kind = findGroupKind(worker.group))
            worker.topics.assign(kind->topics.begin(), kind->topics.end());
        all.push_back(std::move(worker));
    }
    for (const std::string& text : topics) {
        const std::size_t equals = text.find('=');
        const auto list = topicsOf(std::string_view(text).substr(equals == std::string::npos ? 0 : equals + 1));
        if (!list)
            return list.error();
        bool is_used = false;
        for (OwnWorker& worker : all) {
            const bool is_meant =
                equals == std::string::npos ? !findGroupKind(worker.group) : worker.group == text.substr(0, equals);
            if (is_meant)
                worker.topics = *list;
            is_used = is_used || is_meant;
        }
        if (!is_used)
            return invalidArgument("topics", "\"" + text + "\" is for no further group of --worker");
    }
    ORDERLAB_TRY(return, validateOwnWorkers(all));
    return all;
}

Result<void> validateOwnWorkers(std::span<const OwnWorker> workers)
{
    std::size_t further = 0;
    for (const OwnWorker& worker : workers) {
        if (!isGroupName(worker.group))
            return wrong("\"" + worker.group
                         + "\" is no name of a group: 1 to 40 lower-case letters, digits and hyphens, a letter first");
        if (findOwnWorker(workers, worker.group) != &worker)
            return wrong("group " + worker.group + " has two programs");
        if (worker.command.size() > command_bytes_max)
            return wrong("the command of " + worker.group + " has more than 4096 bytes");
        ORDERLAB_TRY(return, splitCommand(worker.command));
        if (worker.topics.empty())
            return wrong("group " + worker.group + " is not one of " + groupNamesText()
                         + ", so --topics has to say what it takes");
        further += findGroupKind(worker.group) == nullptr;
    }
    if (further > own_groups_max)
        return wrong("at most " + std::to_string(own_groups_max) + " further groups can be programs");
    return {};
}

Result<void> tryOwnWorkers(std::span<const OwnWorker> workers, const OwnWorkerOptions& options)
{
    for (const OwnWorker& worker : workers) {
        WorkerLinkOptions link;
        link.group = worker.group;
        link.member = worker.group + "-try";
        link.topics = worker.topics;
        link.is_simulated = true; // It blocks, and nothing is kept of it.
        link.patience = options.patience;
        link.on_output = options.on_output;
        link.give_up = options.give_up;
        const auto started = WorkerLink::start(worker.command, std::move(link));
        const Result<void> ready = started ? (*started)->waitUntilReady() : Result<void>(started.error());
        if (started)
            (*started)->kill();
        if (!ready)
            return wrong(worker.group + ": " + ready.error().message);
    }
    return {};
}

} // namespace orderlab
