#pragma once
#include "base/error.h"

#include <map>
#include <string>

namespace orderlab {

/// One line on standard error: "orderlabd: <text>".
void complain(const std::string& text);
/// What gave options their values (originsBehind()): complain() blames those, not the options. Once, before a command
/// runs.
void blameOrigins(std::map<std::string, std::string> origins);
/// The same for an error, which names the option, the variable or the place in a file to blame where there is one.
void complain(const Error& error);
/// Asks the person at the terminal; `yes`: it is agreed already. Where nobody is there to be asked, no, and it says so.
bool agreed(bool yes, const std::string& question);
/// The exit code for `error`: usage for a wrong option, else failed.
int exitCodeOf(const Error& error);
/// complain(), and its exit code.
int fail(const Error& error);

} // namespace orderlab
