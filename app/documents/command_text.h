#pragma once
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace orderlab {

/// An option or an argument, as --help tells of it.
struct OptionText {
    std::vector<std::string> names;   ///< With dashes, short ones first; the bare name of an argument.
    std::string value;                ///< What stands for its value, such as NUMBER; empty for a flag.
    std::vector<std::string> choices; ///< The only values, where they are few.
    std::string description, default_value, variable;
    bool is_repeatable = false, is_required = false;
};

/// A command with its own commands, as --help tells of it. What manual pages and completions are made from.
struct CommandText {
    std::string path; ///< As it is typed: "orderlabd bench pipeline".
    std::string name; ///< The last word of it.
    std::string description;
    std::vector<OptionText> arguments, options;
    std::vector<CommandText> commands;
};

/// Without what is hidden. Before `app` parses: the environment and the file would change defaults.
CommandText commandTextOf(const CLI::App& app);

/// `command` and all below it, from above to below.
std::vector<const CommandText*> allCommandsOf(const CommandText& command);

} // namespace orderlab
