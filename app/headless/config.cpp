#include "config_file.h"
#include "headless/commands.h"
#include "headless/say.h"
#include "headless/serve_options.h"
#include "headless/server_link.h"
#include "http/http_options.h"
#include "option_origin.h"
#include "postgres/private_postgres.h"

#include <CLI/CLI.hpp>

#include <boost/json.hpp>

#include <cstdio>
#include <map>

namespace orderlab {

namespace {

struct ConfigOptions {
    ServeOptions serve;
    ServerAddress server; ///< Of commands that ask one.
    bool print_postgres_url = false, toml = false, env = false, json = false;
};

struct Setting {
    std::string name; ///< --bus, or a property of librdkafka.
    std::string value;
    std::string origin;
};

/// Where an option's value comes from: a flag wins over the environment, that over the file, that over the default.
std::string originOf(const CLI::Option& option, int argc, char** argv)
{
    if (const std::string variable = variableBehind(option, argc, argv); !variable.empty())
        return "environment " + variable;
    if (option.count() > 0)
        return "flag";
    const std::string place = configFile().originOf(option.get_lnames().front());
    return place.empty() ? "default" : "file " + place;
}

std::string joined(const std::vector<std::string>& texts, const char* none)
{
    std::string all;
    for (const std::string& text : texts)
        all += (all.empty() ? "" : ",") + text;
    return all.empty() ? none : all;
}

bool isFlag(const CLI::Option& option)
{
    return option.get_items_expected_max() == 0;
}

/// Those that the environment and the file may set, too, in the order of --help.
std::vector<const CLI::Option*> settingsOf(const CLI::App& command)
{
    std::vector<const CLI::Option*> settings;
    for (const CLI::Option* option : command.get_options()) {
        if (!option->get_envname().empty() && !option->get_lnames().empty())
            settings.push_back(option);
    }
    return settings;
}

std::string rateText(double events_per_second)
{
    char text[40];
    std::snprintf(text, sizeof text, "%g events/s", events_per_second);
    return events_per_second > 0 ? text : "off";
}

std::string starred(const std::string& secret)
{
    return secret.empty() ? "(none)" : "*";
}

/// What is in force where that is more than was typed, and what is secret.
std::map<std::string, std::string> inForce(const ServeOptions& options, const LabConfig& config)
{
    return {{"api-token", starred(options.api_token)},
            {"data-dir", config.data_dir.string()},
            {"gateway-latency", std::to_string(config.gateway.latency.count() / 1'000) + " ms"},
            {"group-prefix", config.group_prefix},
            {"handler-timeout", std::to_string(options.lab.handler_timeout_ms) + " ms"},
            {"otlp-headers", starred(options.otlp.headers)},
            {"otlp-traces-headers", starred(options.otlp.signals[0].headers)},
            {"otlp-metrics-headers", starred(options.otlp.signals[1].headers)},
            {"otlp-logs-headers", starred(options.otlp.signals[2].headers)},
            {"postgres", withoutPassword(options.lab.postgres)},
            {"redis", withoutPassword(options.lab.redis)},
            {"store", config.store == StoreKind::Memory ? "memory" : "postgres"},
            {"throttle", rateText(config.policies.throttle.events_per_second)},
            {"topic-prefix", config.topic_prefix},
            {"workers", joined(config.workers, "none")}};
}

std::string originOfProperty(const std::string& name, const LabOptions& options)
{
    for (const std::string& text : options.kafka_properties) {
        if (text.starts_with(name + '='))
            return "flag";
    }
    for (const auto& [property, value] : kafkaPropertiesOf(environ)) {
        if (property == name)
            return "environment ORDERLAB_KAFKA_…";
    }
    return "file " + configFile().name();
}

std::vector<Setting> effective(const ConfigOptions& options, const LabConfig& config, const CLI::App& command, int argc,
                               char** argv)
{
    const auto in_force = inForce(options.serve, config);
    std::vector<Setting> settings;
    for (const CLI::Option* option : settingsOf(command)) {
        const std::string& name = option->get_lnames().front();
        std::string value = option->count() > 0 ? joined(option->results(), "") : option->get_default_str();
        if (const auto found = in_force.find(name); found != in_force.end())
            value = found->second;
        if (value.empty())
            value = isFlag(*option) ? "false" : "(none)";
        settings.push_back({"--" + name, value, originOf(*option, argc, argv)});
    }
    for (const auto& [name, value] : config.kafka.properties)
        settings.push_back({name, isSecret(name) ? "*" : value, originOfProperty(name, options.serve.lab)});
    return settings;
}

void print(const std::vector<Setting>& settings, bool as_json)
{
    if (!as_json) {
        for (const Setting& setting : settings)
            std::printf("%-20s %-40s %s\n", setting.name.c_str(), setting.value.c_str(), setting.origin.c_str());
        return;
    }
    boost::json::array all;
    for (const Setting& setting : settings)
        all.push_back({{"name", setting.name}, {"value", setting.value}, {"origin", setting.origin}});
    std::printf("%s\n", boost::json::serialize(boost::json::object{{"settings", all}}).c_str());
}

/// Every setting with its description and its default, all commented out.
void printTemplate(const CLI::App& command, bool as_toml)
{
    const char* use = as_toml ? "orderlabd serve --config FILE, or ORDERLAB_CONFIG=FILE. Flags and the environment win."
                              : "An environment file, as systemd and containers read it. Flags win.";
    std::printf("# Settings of Orderlab: %s\n", use);
    for (const CLI::Option* option : settingsOf(command)) {
        const std::string& name = option->get_lnames().front();
        if (as_toml && name == "config")
            continue;
        const std::string value = isFlag(*option) ? "false" : option->get_default_str();
        const bool is_bare = isFlag(*option) || value.find_first_not_of("0123456789.") == std::string::npos;
        std::printf("\n# %s\n", option->get_description().c_str());
        if (as_toml && (value.empty() || !is_bare))
            std::printf("# %s = \"%s\"\n", name.c_str(), value.c_str());
        else
            std::printf("# %s%s%s\n", (as_toml ? name : option->get_envname()).c_str(), as_toml ? " = " : "=",
                        value.c_str());
    }
    if (as_toml)
        std::printf("\n# Properties of librdkafka, as for TLS and SASL.\n# [kafka]\n# \"sasl.username\" = \"\"\n");
    else
        std::printf("\n# Properties of librdkafka, as for TLS and SASL.\n# ORDERLAB_KAFKA_SASL_USERNAME=\n");
}

int printConfig(const ConfigOptions& options, const CLI::App& command, int argc, char** argv)
{
    if (options.toml || options.env) {
        printTemplate(command, options.toml);
        return exit_ok;
    }
    const auto chosen = chooseLab(options.serve.lab);
    if (!chosen)
        return fail(chosen.error());
    if (options.serve.listen != "none") {
        if (const auto address = parseListenAddress(options.serve.listen); !address) {
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
    print(effective(options, config, command, argc, argv), options.json);
    if (!chosen->notice.empty())
        complain(chosen->notice);
    return exit_ok;
}

} // namespace

void addConfig(CLI::App& app, Command& run, int argc, char** argv)
{
    auto options = std::make_shared<ConfigOptions>();
    CLI::App* command = app.add_subcommand("config", "Prints the effective settings and where each comes from");
    addServeOptions(*command, options->serve);
    addTlsCaOption(*command, options->server);
    CLI::Option* url =
        command->add_flag("--print-postgres-url", options->print_postgres_url, "Prints only the store's URL, for psql");
    CLI::Option* toml =
        command->add_flag("--toml", options->toml, "Prints a file with every setting, commented, for --config");
    CLI::Option* env = command->add_flag("--env", options->env, "The same as an environment file");
    CLI::Option* json = command->add_flag("--json", options->json, "Prints JSON instead of text");
    toml->excludes(env)->excludes(url)->excludes(json);
    env->excludes(url)->excludes(json);
    command->callback([&run, options, command, argc, argv] {
        run = [options, command, argc, argv] { return printConfig(*options, *command, argc, argv); };
    });
}

} // namespace orderlab
