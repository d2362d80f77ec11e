#include "option_origin.h"

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

} // namespace

std::string variableBehind(const CLI::Option& option, int argc, char** argv)
{
    const std::string variable = option.get_envname();
    const char* set = variable.empty() ? nullptr : std::getenv(variable.c_str());
    return set && *set && !isFlagGiven(option, argc, argv) ? variable : std::string();
}

std::map<std::string, std::string> variablesBehind(const CLI::App& command, int argc, char** argv)
{
    std::map<std::string, std::string> variables;
    for (const CLI::Option* option : command.get_options()) {
        const std::string name = option->get_name(), variable = variableBehind(*option, argc, argv);
        if (!variable.empty() && name.starts_with("--"))
            variables[name.substr(2)] = variable;
    }
    return variables;
}

std::string withVariables(std::string complaint, const std::map<std::string, std::string>& variables)
{
    for (const auto& [name, variable] : variables) {
        // At the start only: further on it may be what somebody typed.
        if (const std::string option = "--" + name + ':'; complaint.starts_with(option))
            return variable + ':' + complaint.substr(option.size());
    }
    return complaint;
}

} // namespace orderlab
