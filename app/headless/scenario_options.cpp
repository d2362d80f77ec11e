#include "headless/scenario_options.h"

#include "number_in.h"
#include "simulation/shipped_scenarios.h"

#include <CLI/CLI.hpp>

#include <charconv>

namespace orderlab {

void addScenarioOptions(CLI::App& command, ScenarioOptions& options)
{
    command.add_option(
        "SCENARIO", options.name,
        "A file, one of `scenario list`, swarm-SEED or a moment (orderlab:…); default: 50 orders, no faults");
    command.add_option("--orders", options.orders, "Orders that customers create, 1 to 1000000")
        ->check(numberIn(1, 1'000'000));
    command.add_option("--partitions", options.partitions, "Partitions of each topic, 1 to 64")->check(numberIn(1, 64));
    command.add_option("--members", options.members, "Members of each group, 1 to 16")->check(numberIn(1, 16));
    command
        .add_option("--without", options.without,
                    "Guarantees that are off: outbox,inbox,ack-after-processing,"
                    "idempotency-key,payment-key,durable-inbox")
        ->delimiter(',');
    command
        .add_option("--fault", options.faults,
                    "Adds a failure, such as gateway-call=lose-answer,probability=0.2; "
                    "repeatable")
        ->allow_extra_args(false);
    addOwnWorkerOptions(command, options.own_workers);
}

Result<Scenario> chooseScenario(const ScenarioOptions& options)
{
    Scenario scenario;
    if (!options.name.empty()) {
        const auto source = findScenario(options.name);
        if (!source)
            return invalidArgument("", source.error().message);
        auto read = parseScenario(source->text, source->file);
        if (!read)
            return read.error();
        scenario = std::move(*read);
    }
    if (options.orders > 0)
        scenario.orders.count = options.orders;
    if (options.partitions > 0)
        scenario.topology.partitions = options.partitions;
    if (options.members > 0)
        scenario.topology.members = options.members;
    for (const std::string& text : options.without) {
        const auto guarantee = guaranteeOf(text);
        if (!guarantee)
            return invalidArgument("without", text + ": " + guarantee.error().message);
        scenario.guarantees.set(*guarantee, false);
    }
    for (const std::string& text : options.faults) {
        auto fault = parseFault(text);
        if (!fault)
            return invalidArgument("fault", text + ": " + fault.error().field + ": " + fault.error().message);
        scenario.faults.push_back(std::move(*fault));
    }
    auto own_workers = chooseOwnWorkers(options.own_workers);
    if (!own_workers)
        return own_workers.error();
    scenario.own_workers = std::move(*own_workers);
    return scenario;
}

std::string shellWord(const std::string& text)
{
    static constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-=,./:+@%";
    if (!text.empty() && text.find_first_not_of(plain) == std::string::npos)
        return text;
    std::string word = "'";
    for (const char c : text)
        word += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return word + '\'';
}

std::string argumentsOf(const OwnWorkerTexts& texts)
{
    std::string text;
    for (const std::string& worker : texts.workers)
        text += " --worker " + shellWord(worker);
    for (const std::string& topics : texts.topics)
        text += " --topics " + shellWord(topics);
    return text;
}

std::string argumentsOf(const ScenarioOptions& options)
{
    std::string text;
    const auto add = [&text](const char* option, const std::string& value) {
        text.append(" ").append(option).append(*option ? " " : "").append(shellWord(value));
    };
    if (!options.name.empty())
        add("", options.name);
    if (options.orders > 0)
        add("--orders", std::to_string(options.orders));
    if (options.partitions > 0)
        add("--partitions", std::to_string(options.partitions));
    if (options.members > 0)
        add("--members", std::to_string(options.members));
    for (const std::string& guarantee : options.without)
        add("--without", guarantee);
    for (const std::string& fault : options.faults)
        add("--fault", fault);
    return text + argumentsOf(options.own_workers);
}

std::string isSeed(const std::string& text)
{
    std::uint64_t seed = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
    return error == std::errc{} && end == text.data() + text.size()
               ? ""
               : text + " is not a seed, which is a number from 0 to 18446744073709551615";
}

} // namespace orderlab
