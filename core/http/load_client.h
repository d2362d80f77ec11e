#pragma once
#include "http/http_client.h"

namespace orderlab {

struct LoadOptions {
    HttpClientOptions server;
    std::size_t connections = 16; ///< 1 to 1,024, each with one request under way (a closed loop).
    std::size_t orders = 10'000;  ///< In all.
};

struct LoadResult {
    std::size_t created = 0; ///< Answers 201.
    std::size_t refused = 0; ///< Other answers.
    std::size_t failed = 0;  ///< No answer. A connection stops at the first.
    std::string first_error; ///< Of what was refused or failed; empty when all were created.
};

/// Creates orders as fast as the server answers. Every tenth is of a customer whose payment is declined.
/// Error: InvalidArgument for the options.
Task<Result<LoadResult>> runLoad(Runtime& runtime, LoadOptions options);

} // namespace orderlab
