#include "documents/command_text.h"

#include <CLI/CLI.hpp>

namespace orderlab {

namespace {

/// The parser's word for a type and its checks, "UINT:INT in [1 - 64]", in ours. Bounds are in the description.
std::string valueWordOf(const std::string& type)
{
    const std::string first = type.substr(0, type.find(':'));
    if (first == "UINT" || first == "INT" || first == "FLOAT")
        return "NUMBER";
    const std::string check = first == "TEXT" && type.size() > first.size() ? type.substr(first.size() + 1) : first;
    return check.empty() || check.find_first_of("{ [") != std::string::npos ? "TEXT" : check;
}

/// "TEXT:{memory,kafka}": memory and kafka.
std::vector<std::string> choicesOf(const std::string& type)
{
    std::vector<std::string> choices;
    const auto begin = type.find('{'), end = type.find('}', begin == std::string::npos ? 0 : begin);
    if (begin == std::string::npos || end == std::string::npos)
        return choices;
    std::string word;
    for (const char c : type.substr(begin + 1, end - begin - 1) + ',') {
        if (c != ',')
            word += c;
        else
            choices.push_back(std::exchange(word, {}));
    }
    return choices;
}

OptionText optionTextOf(const CLI::Option& option)
{
    OptionText text;
    for (const std::string& name : option.get_snames())
        text.names.push_back('-' + name);
    for (const std::string& name : option.get_lnames())
        text.names.push_back("--" + name);
    if (option.get_positional())
        text.names = {option.get_name()};
    if (option.get_items_expected_max() > 0) {
        text.value = valueWordOf(option.get_type_name());
        text.choices = choicesOf(option.get_type_name());
        text.default_value = option.get_default_str();
    }
    text.description = option.get_description();
    text.variable = option.get_envname();
    text.is_repeatable = option.get_items_expected_max() > 1;
    text.is_required = option.get_required();
    return text;
}

CommandText textBelow(const std::string& parent, const CLI::App& app)
{
    CommandText text;
    text.name = app.get_name();
    text.path = parent.empty() ? text.name : parent + ' ' + text.name;
    text.description = app.get_description();
    for (const CLI::Option* option : app.get_options()) {
        if (!option->get_group().empty())
            (option->get_positional() ? text.arguments : text.options).push_back(optionTextOf(*option));
    }
    for (const CLI::App* command : app.get_subcommands([](const CLI::App* one) { return !one->get_group().empty(); }))
        text.commands.push_back(textBelow(text.path, *command));
    return text;
}

void collectCommands(const CommandText& command, std::vector<const CommandText*>& all)
{
    all.push_back(&command);
    for (const CommandText& one : command.commands)
        collectCommands(one, all);
}

} // namespace

CommandText commandTextOf(const CLI::App& app)
{
    return textBelow("", app);
}

std::vector<const CommandText*> allCommandsOf(const CommandText& command)
{
    std::vector<const CommandText*> all;
    collectCommands(command, all);
    return all;
}

} // namespace orderlab
