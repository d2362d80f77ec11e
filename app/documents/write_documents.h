#pragma once
#include "documents/completions.h"

namespace orderlab {

/// Adds the hidden option --write-documents DIRECTORY, for the build: it writes manual pages (man1/) and completions
/// (bash/, zsh/, fish/) of `app`, then ends the program. `app` must have all its options and commands before it parses.
/// parse() then throws CLI::Success, or CLI::RuntimeError when a file cannot be written.
void addDocumentsOption(CLI::App& app, ArgumentWords words);

} // namespace orderlab
