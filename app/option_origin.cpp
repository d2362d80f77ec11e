#include "option_origin.h"

#include "config_file.h"

#include <CLI/CLI.hpp>

#include <cstdlib>

namespace orderlab {

namespace {

bool isFlagGiven(const CLI::Option& option, int argc, char** argv)
{
    const std::string flag = option.get_name();
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument(argv[i]);
        if (argument == flag || argument.starts_with(flag + '='))
            return true;
    }
    return false;
}

void refuseWrongVariables(CLI::App& app)
{
    for (CLI::Option* option : app.get_options()) {
        const std::string variable = option->get_envname();
        const char* value = variable.empty() ? nullptr : std::getenv(variable.c_str());
        if (value && *value && option->count() == 0) {
            option->add_result(value);
            option->run_callback(); // Throws, as it was not taken before.
        }
    }
    for (CLI::App* chosen : app.get_subcommands())
        refuseWrongVariables(*chosen);
}

} // namespace

void parseOptions(CLI::App& app, int argc, char** argv)
{
    app.parse(argc, argv);
    refuseWrongVariables(app);
}

std::string variableBehind(const CLI::Option& option, int argc, char** argv)
{
    const std::string variable = option.get_envname();
    const char* set = variable.empty() ? nullptr : std::getenv(variable.c_str());
    return set && *set && !isFlagGiven(option, argc, argv) ? variable : std::string();
}

std::map<std::string, std::string> originsBehind(const CLI::App& command, int argc, char** argv)
{
    std::map<std::string, std::string> origins;
    for (const CLI::Option* option : command.get_options()) {
        if (option->get_lnames().empty() || isFlagGiven(*option, argc, argv))
            continue;
        const std::string& name = option->get_lnames().front();
        const std::string variable = variableBehind(*option, argc, argv), place = configFile().originOf(name);
        if (!variable.empty())
            origins[name] = variable;
        else if (!place.empty() && !option->get_envname().empty())
            origins[name] = place + ": " + name;
    }
    return origins;
}

std::string withOrigins(std::string complaint, const std::map<std::string, std::string>& origins)
{
    for (const auto& [name, origin] : origins) {
        // At the start only: further on it may be what somebody typed.
        if (const std::string option = "--" + name + ':'; complaint.starts_with(option))
            return origin + ':' + complaint.substr(option.size());
    }
    return complaint;
}

} // namespace orderlab
