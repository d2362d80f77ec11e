#pragma once
#include "base/result.h"

#include <string>
#include <vector>

namespace orderlab {

/// The tokens of a file: one a line, so that a new one can be given out before the old one is withdrawn. Empty lines
/// and those that begin with # are none. `warning` gets a sentence where others can read the file.
/// Error: InvalidArgument, field "api-token-file": the file cannot be read, has no token or more than 64, is larger
/// than 64 KiB, or a token is no printable ASCII without spaces or has more than 1024 characters. No error quotes a
/// token.
Result<std::vector<std::string>> readTokenFile(const std::string& file, std::string& warning);

/// What a client of the own server sends: ORDERLAB_API_TOKEN, else the first token of ORDERLAB_API_TOKEN_FILE, each
/// also from the configuration file; empty where there is neither. Errors: those of readTokenFile().
Result<std::string> clientToken();

} // namespace orderlab
