#pragma once
// Internal to core/http, for who reads requests from bytes: includes much of Beast.
#include "http/http_message.h"
#include "http/http_options.h"
#include "http/problem.h"

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace orderlab {

using RequestParser = boost::beast::http::request_parser<boost::beast::http::string_body>;

/// What is read ahead of a request. Has to hold the largest head; more would only be copied twice.
inline constexpr std::size_t read_ahead_bytes_spare = 8 * 1024;

/// Holds a new parser to the limits. Beast's limit on headers is for what it has in hands at once: who reads in pieces
/// has to count them, too.
void limit(RequestParser& parser, const HttpOptions& options);

/// Fills in what the head says, as views into `parser`; body, parameters and query are empty then.
void readHeadOf(const RequestParser& parser, HttpRequest& request);

/// Whether the client waits for 100 Continue before it sends the body.
bool isExpectingContinue(const RequestParser& parser, const HttpRequest& request);

/// The answer to a request that the parser refuses; nothing when there is nobody to answer.
std::optional<Problem> problemOf(boost::system::error_code error);

} // namespace orderlab
