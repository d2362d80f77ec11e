#pragma once
#include "base/error.h"

#include <map>
#include <string>

namespace orderlab {

/// One line on standard error: "orderlabd: <text>".
void complain(const std::string& text);
/// The variables that gave options their values, by the options' names: complain() blames those, not the options.
/// Once, before a command runs.
void blameVariables(std::map<std::string, std::string> variables);
/// The same for an error, which names the option or variable to blame where there is one.
void complain(const Error& error);
/// Asks the person at the terminal; `yes`: it is agreed already. Where nobody is there to be asked, no, and it says so.
bool agreed(bool yes, const std::string& question);
/// The exit code for `error`: usage for a wrong option, else failed.
int exitCodeOf(const Error& error);
/// complain(), and its exit code.
int fail(const Error& error);

} // namespace orderlab
