#pragma once
#include <map>
#include <string>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace orderlab {

/// The environment variable that gave `option` its value; empty when a flag or the default did: a flag wins over the
/// environment, and an empty variable counts as none.
std::string variableBehind(const CLI::Option& option, int argc, char** argv);

/// The same for all options of `command` that a variable gave a value, by the option's name without dashes.
std::map<std::string, std::string> variablesBehind(const CLI::App& command, int argc, char** argv);

/// A parser's complaint, with the variable's name in the place of the option's where the value came from there.
std::string withVariables(std::string complaint, const std::map<std::string, std::string>& variables);

} // namespace orderlab
