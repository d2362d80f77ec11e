#pragma once
#include <map>
#include <string>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace orderlab {

/// app.parse(), which also refuses a wrong value in a variable: CLI11 2.4 takes the default instead, without a word.
/// Throws CLI::ParseError.
void parseOptions(CLI::App& app, int argc, char** argv);

/// The environment variable that gave `option` its value; empty when a flag, the file or the default did. An empty
/// variable counts as none.
std::string variableBehind(const CLI::Option& option, int argc, char** argv);

/// What gave each option of `command` its value, where it is an environment variable ("ORDERLAB_BUS") or a place in the
/// configuration file ("orderlab.toml:3: bus"); by the option's name without dashes.
std::map<std::string, std::string> originsBehind(const CLI::App& command, int argc, char** argv);

/// A parser's complaint, with the origin's name in the place of the option's where the value came from there.
std::string withOrigins(std::string complaint, const std::map<std::string, std::string>& origins);

} // namespace orderlab
