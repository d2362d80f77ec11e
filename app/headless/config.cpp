#include "headless/commands.h"
#include "headless/say.h"
#include "http/http_options.h"
#include "lab_options.h"
#include "option_origin.h"
#include "postgres/private_postgres.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <cstdlib>

namespace orderlab {

namespace {

struct ConfigOptions {
    LabOptions lab;
    std::string listen = "127.0.0.1:8080";
    bool print_postgres_url = false;
};

struct Setting {
    std::string option, variable, value, origin;
};

/// Where an option's value comes from: a flag wins over the environment, that over the default.
std::string originOf(const CLI::Option& option, int argc, char** argv)
{
    if (const std::string variable = variableBehind(option, argc, argv); !variable.empty())
        return "environment " + variable;
    return option.count() > 0 ? "flag" : "default";
}

std::string storeText(const LabConfig& config)
{
    switch (config.store) {
    case StoreKind::Memory: return "memory";
    case StoreKind::PostgresPrivate:
    case StoreKind::PostgresUrl: return "postgres";
    }
    return {};
}

std::string joined(const std::vector<std::string>& texts)
{
    std::string all;
    for (const std::string& text : texts)
        all += (all.empty() ? "" : ",") + text;
    return all.empty() ? "none" : all;
}

std::string rateText(double events_per_second)
{
    char text[40];
    std::snprintf(text, sizeof text, "%g events/s", events_per_second);
    return text;
}

int printConfig(const ConfigOptions& options, const CLI::App& command, int argc, char** argv)
{
    const auto chosen = chooseLab(options.lab);
    if (!chosen)
        return fail(chosen.error());
    if (options.listen != "none") {
        if (const auto address = parseListenAddress(options.listen); !address) {
            complain(address.error());
            return exit_usage;
        }
    }
    const LabConfig& config = chosen->config;
    if (options.print_postgres_url) {
        if (config.store == StoreKind::Memory) {
            complain("the store is memory: there is no PostgreSQL; use --store postgres");
            return exit_failed;
        }
        std::printf("%s\n", config.store == StoreKind::PostgresUrl ? config.postgres_url.c_str()
                                                                   : privatePostgresUrl(config.data_dir).c_str());
        return exit_ok;
    }
    const auto line = [&](const char* name, const std::string& value) {
        std::printf("%-20s %-40s %s\n", name, value.c_str(), originOf(*command.get_option(name), argc, argv).c_str());
    };
    line("--listen", options.listen);
    line("--bus", options.lab.bus);
    line("--kafka-brokers", options.lab.kafka_brokers);
    line("--static-membership", config.kafka.static_membership.empty() ? "(none)" : config.kafka.static_membership);
    for (const auto& [name, value] : config.kafka.properties)
        std::printf("%-20s %-40s %s\n", name.c_str(), isSecret(name) ? "*" : value.c_str(),
                    "environment ORDERLAB_KAFKA_…");
    line("--store", storeText(config));
    line("--postgres", withoutPassword(options.lab.postgres));
    line("--data-dir", config.data_dir.string());
    line("--workers", joined(config.workers));
    line("--partitions", std::to_string(config.partitions));
    line("--topic-prefix", config.topic_prefix);
    line("--group-prefix", config.group_prefix);
    line("--members", std::to_string(config.members));
    line("--gateway-latency", std::to_string(config.gateway.latency.count() / 1000) + " ms");
    const Policies& policies = config.policies;
    line("--retry-style", std::string(name(policies.retry.style)));
    line("--max-attempts", std::to_string(policies.retry.max_attempts));
    line("--handler-timeout", std::to_string(options.lab.handler_timeout_ms) + " ms");
    line("--throttle", policies.throttle.events_per_second > 0 ? rateText(policies.throttle.events_per_second) : "off");
    line("--keep-inbox", options.lab.keep_inbox);
    line("--keep-keys", options.lab.keep_keys);
    line("--keep-notifications", options.lab.keep_notifications);
    line("--keep-outbox", options.lab.keep_outbox);
    line("--keep-analytics", options.lab.keep_analytics);
    std::printf("%-20s %-40s %s\n", "ORDERLAB_API_TOKEN", std::getenv("ORDERLAB_API_TOKEN") ? "*" : "(none)",
                std::getenv("ORDERLAB_API_TOKEN") ? "environment" : "default");
    if (!chosen->notice.empty())
        complain(chosen->notice);
    return exit_ok;
}

} // namespace

void addConfig(CLI::App& app, Command& run, int argc, char** argv)
{
    auto options = std::make_shared<ConfigOptions>();
    CLI::App* command = app.add_subcommand("config", "Prints the effective settings and where each comes from");
    command->add_option("--listen", options->listen, "HTTP address and port, or none")
        ->envname("ORDERLAB_LISTEN")
        ->capture_default_str();
    addLabOptions(*command, options->lab);
    command->add_flag("--print-postgres-url", options->print_postgres_url, "Prints only the store's URL, for psql");
    command->callback([&run, options, command, argc, argv] {
        run = [options, command, argc, argv] { return printConfig(*options, *command, argc, argv); };
    });
}

} // namespace orderlab
