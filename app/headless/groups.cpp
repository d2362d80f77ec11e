#include "domain/group_name.h"
#include "headless/commands.h"
#include "headless/group_text.h"
#include "headless/json_text.h"
#include "headless/say.h"
#include "headless/server_link.h"
#include "number_in.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <limits>
#include <optional>

namespace orderlab {

namespace {

struct GroupOptions {
    ServerAddress server;
    std::string group_prefix; ///< Empty: by the topic prefix.
    KafkaOptions kafka;       ///< With brokers: these are asked, and no server.
    bool json = false;
    std::string group;
    // Where it is to go on.
    bool earliest = false, latest = false;
    std::optional<std::int64_t> offset;
    std::string time;
    // Of which partitions.
    std::string topic;
    std::optional<std::uint16_t> partition;
    bool dry_run = false, yes = false;
};

Result<std::unique_ptr<ServerLink>> open(const GroupOptions& options)
{
    if (options.kafka.brokers.empty())
        return linkToServer(options.server);
    return linkToKafka(options.kafka, options.group_prefix.empty() ? defaultGroupPrefix(options.kafka.topic_prefix)
                                                                   : options.group_prefix);
}

/// Whether a group is the one that was named, with or without its prefix.
bool isNamed(const std::string& group, const std::string& name)
{
    return group == name || isGroupNamed(group, name);
}

/// The groups, or only those that `name` names. Error: NotFound.
Answer groupsFrom(ServerLink& link, const std::string& name)
{
    const Answer answer = link.ask("GET", "/groups");
    if (!answer)
        return answer.error();
    JsonNode groups = JsonNode::array();
    for (const JsonNode& group : in(*answer, "groups").items) {
        if (name.empty() || isNamed(textIn(group, "group"), name))
            groups.items.push_back(group);
    }
    if (!name.empty() && groups.items.empty())
        return Error{ErrorCode::NotFound, Retry::Never, "there is no group " + name, {}};
    return groups;
}

int list(const GroupOptions& options)
{
    const auto link = open(options);
    if (!link)
        return fail(link.error());
    const Answer groups = groupsFrom(**link, options.group);
    if (!groups)
        return fail(groups.error());
    std::fputs((options.json ? groups->toPrettyJson() : groupsText(*groups)).c_str(), stdout);
    return exit_ok;
}

JsonNode bodyOf(const GroupOptions& options, bool dry_run)
{
    JsonNode body = JsonNode::object();
    const char* target = options.earliest ? "earliest" : options.latest ? "latest" : options.offset ? "offset" : "time";
    body.add("target", JsonNode::string(target));
    if (options.offset)
        body.add("offset", JsonNode::number(std::uint64_t(*options.offset)));
    if (!options.time.empty())
        body.add("time", JsonNode::string(options.time));
    if (!options.topic.empty())
        body.add("topic", JsonNode::string(options.topic));
    if (options.partition)
        body.add("partition", JsonNode::number(std::uint64_t(*options.partition)));
    return body.add("dry_run", JsonNode::boolean(dry_run));
}

/// The preview, the question, the deed, and what the log then says.
int reset(const GroupOptions& options)
{
    const int targets = options.earliest + options.latest + options.offset.has_value() + !options.time.empty();
    if (targets != 1)
        return fail(invalidArgument(
            "earliest", "use one of --earliest, --latest, --offset, --time to say where the group continues"));
    const auto link = open(options);
    if (!link)
        return fail(link.error());
    const std::string path = "/groups/" + urlEncoded(options.group) + "/reset";
    const Answer preview = (*link)->ask("POST", path, bodyOf(options, true).toJson());
    if (!preview)
        return fail(preview.error());
    if (!options.json)
        std::fputs(groupResetText(*preview).c_str(), stdout);
    else if (options.dry_run)
        std::fputs(preview->toPrettyJson().c_str(), stdout);
    std::fflush(stdout);
    if (options.dry_run)
        return exit_ok;
    if (!agreed(options.yes, "Reset " + textIn(*preview, "group") + "? " + textIn(*preview, "sentence")))
        return exit_failed;
    const Answer done = (*link)->ask("POST", path, bodyOf(options, false).toJson());
    if (!done)
        return fail(done.error());
    if (options.json) {
        std::fputs(done->toPrettyJson().c_str(), stdout);
        return exit_ok;
    }
    const Answer now = groupsFrom(**link, textIn(*done, "group"));
    if (!now)
        return fail(now.error());
    std::printf("reset; it goes on here:\n%s", groupsText(*now).c_str());
    return exit_ok;
}

CLI::App* addPart(CLI::App& parent, const char* name, const char* help, std::shared_ptr<GroupOptions> options,
                  int (*part)(const GroupOptions&), Command& run)
{
    CLI::App* command = parent.add_subcommand(name, help);
    CLI::Option* to = command->add_option(
        "--to", options->server.to, "URL of a running server (default: ORDERLAB_LISTEN, else http://127.0.0.1:8080)");
    addTlsCaOption(*command, options->server);
    command
        ->add_option("--kafka-brokers", options->kafka.brokers,
                     "HOST:PORT,…: asks the Kafka cluster itself, without a server")
        ->excludes(to);
    command->add_option("--topic-prefix", options->kafka.topic_prefix, "Prefix of the topics")
        ->envname("ORDERLAB_TOPIC_PREFIX")
        ->capture_default_str();
    command
        ->add_option("--group-prefix", options->group_prefix,
                     "Prefix of the groups' names (default: as for serve with this topic prefix)")
        ->envname("ORDERLAB_GROUP_PREFIX");
    command->add_flag("--json", options->json, "Prints JSON instead of text");
    command->callback([&run, options, part] { run = [options, part] { return part(*options); }; });
    return command;
}

} // namespace

void addGroups(CLI::App& app, Command& run)
{
    auto options = std::make_shared<GroupOptions>();
    CLI::App* command = app.add_subcommand(
        "groups", "Lists consumer groups with members, offsets and lag; moves the offsets of a group");
    command->require_subcommand(1);
    CLI::App* listing =
        addPart(*command, "list", "Lists each group's partitions with member, offsets and lag", options, list, run);
    listing->add_option("GROUP", options->group, "Only this group, such as payment");
    CLI::App* resetting =
        addPart(*command, "reset", "Moves the committed offsets of a group that has no members", options, reset, run);
    resetting->add_option("GROUP", options->group, "The group, such as payment")->required();
    CLI::Option* targets[] = {
        resetting->add_flag("--earliest", options->earliest, "Continues with the oldest event that is retained"),
        resetting->add_flag("--latest", options->latest, "Continues with events that arrive from now on"),
        resetting->add_option("--offset", options->offset, "Continues at this offset")
            ->check(numberIn(std::int64_t(0), std::numeric_limits<std::int64_t>::max())),
        resetting->add_option("--time", options->time,
                              "Continues with the first event at or after this time, such as 2026-01-31T12:00:00Z")};
    for (CLI::Option* one : targets) {
        for (CLI::Option* other : targets) {
            if (one != other)
                one->excludes(other);
        }
    }
    resetting->add_option("--topic", options->topic, "Only this topic, such as order-created");
    resetting->add_option("--partition", options->partition, "Only this partition of each topic");
    resetting->add_flag("--dry-run", options->dry_run, "Prints what it would do, and changes nothing");
    resetting->add_flag("--yes", options->yes, "Does not ask for confirmation");
}

} // namespace orderlab
