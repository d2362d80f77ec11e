#pragma once
#include "documents/command_text.h"

#include <map>

namespace orderlab {

/// Manual pages of section 1 for a program, in roff (man(7)), by their file names: one for the program, and one for
/// each of its commands, with the commands below it.
std::map<std::string, std::string> manualPages(const CommandText& program);

} // namespace orderlab
