#pragma once
#include "documents/command_text.h"

#include <map>

namespace orderlab {

/// Words that stand for an argument beside file names, by the argument's name: SCENARIO, the names of scenarios.
using ArgumentWords = std::map<std::string, std::vector<std::string>>;

/// Scripts by which a shell completes commands, options and values of `program`.
std::string bashCompletion(const CommandText& program, const ArgumentWords& words);
std::string zshCompletion(const CommandText& program, const ArgumentWords& words);
std::string fishCompletion(const CommandText& program, const ArgumentWords& words);

} // namespace orderlab
