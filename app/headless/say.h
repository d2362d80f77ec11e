#pragma once
#include "base/error.h"

#include <string>

namespace orderlab {

/// One line on standard error: "orderlabd: <text>".
void complain(const std::string& text);
/// The same for an error, which names the option to blame where there is one.
void complain(const Error& error);
/// The exit code for `error`: usage for a wrong option, else failed.
int exitCodeOf(const Error& error);

} // namespace orderlab
