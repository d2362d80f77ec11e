#include "headless/commands.h"
#include "headless/json_text.h"
#include "headless/say.h"
#include "headless/server_link.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace orderlab {

namespace {

struct StatusOptions {
    ServerAddress server;
    bool json = false;
};

/// "3 h 5 min" of "2026-11-30T01:02:03.456Z" until now; empty where it is no such time.
std::string ago(const std::string& time)
{
    std::tm utc{};
    if (!::strptime(time.c_str(), "%Y-%m-%dT%H:%M:%S", &utc))
        return {};
    const auto seconds = std::max<std::int64_t>(0, std::time(nullptr) - ::timegm(&utc));
    const auto two = [](std::int64_t big, const char* unit, std::int64_t small, const char* small_unit) {
        return std::to_string(big) + ' ' + unit + (small > 0 ? ' ' + std::to_string(small) + ' ' + small_unit : "");
    };
    if (seconds < 60)
        return std::to_string(seconds) + " s";
    if (seconds < 3'600)
        return two(seconds / 60, "min", seconds % 60, "s");
    if (seconds < 86'400)
        return two(seconds / 3'600, "h", seconds % 3'600 / 60, "min");
    return two(seconds / 86'400, "d", seconds % 86'400 / 3'600, "h");
}

void printParts(const JsonNode& readiness, const std::string& url)
{
    const bool is_ready = textIn(readiness, "status") == "ready";
    std::printf("%s is %s\n", url.c_str(), is_ready ? "ready: an order is accepted and worked off" : "not ready");
    for (const JsonNode& part : in(readiness, "parts").items) {
        const std::string since = ago(textIn(part, "since")), reason = textIn(part, "reason");
        std::printf("  %s%s%s%s%s\n", padded(textIn(part, "name"), 24).c_str(),
                    padded(textIn(part, "status"), 10).c_str(), since.empty() ? "" : "since ", since.c_str(),
                    reason.empty() ? "" : (": " + reason).c_str());
    }
}

/// A line a group: what waits, and for how long the oldest has.
void printGroups(const JsonNode& groups)
{
    for (const JsonNode& group : groups.items) {
        std::int64_t lag = 0, members = std::int64_t(in(group, "members").items.size());
        double oldest_s = 0;
        for (const JsonNode& partition : in(group, "partitions").items) {
            lag += numberIn(partition, "lag");
            oldest_s = std::max(oldest_s, std::atof(in(partition, "lag_seconds").text.c_str()));
        }
        std::printf("  %s%lld member%s, lag %lld", padded(textIn(group, "group"), 24).c_str(),
                    static_cast<long long>(members), members == 1 ? "" : "s", static_cast<long long>(lag));
        if (lag > 0)
            std::printf(", the oldest waits for %.1f s", oldest_s);
        std::printf("\n");
    }
}

int showStatus(const StatusOptions& options)
{
    const auto url = serverUrl(options.server.to);
    if (!url)
        return fail(url.error());
    const auto link = linkToServer(options.server);
    if (!link)
        return fail(link.error());
    const Answer readiness = (*link)->ask("GET", "/readyz");
    if (!readiness) {
        complain(*url + ": " + readiness.error().message);
        return exit_failed;
    }
    const bool is_ready = textIn(*readiness, "status") == "ready";
    const Answer groups = (*link)->ask("GET", "/groups");
    if (options.json) {
        JsonNode all = JsonNode::object();
        all.add("url", JsonNode::string(*url)).add("readiness", *readiness);
        if (groups)
            all.add("groups", in(*groups, "groups"));
        std::printf("%s\n", all.toJson().c_str());
    } else {
        printParts(*readiness, *url);
        if (groups)
            printGroups(in(*groups, "groups"));
        else
            std::printf("  groups: %s\n", groups.error().message.c_str());
    }
    return is_ready ? exit_ok : exit_failed;
}

} // namespace

void addStatus(CLI::App& app, Command& run)
{
    auto options = std::make_shared<StatusOptions>();
    CLI::App* command = app.add_subcommand("status", "Says whether a running server is ready, what its parts and "
                                                     "groups do, and since when; exit code 1 if it is not");
    command->add_option("--to", options->server.to,
                        "URL of a running server (default: ORDERLAB_LISTEN, else http://127.0.0.1:8080)");
    addTlsCaOption(*command, options->server);
    command->add_flag("--json", options->json, "Prints JSON instead of text");
    command->callback([&run, options] { run = [options] { return showStatus(*options); }; });
}

} // namespace orderlab
