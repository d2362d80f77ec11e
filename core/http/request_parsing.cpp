#include "http/request_parsing.h"

#include <boost/beast/http/error.hpp>

namespace orderlab {

namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

std::string_view view(beast::string_view text)
{
    return {text.data(), text.size()};
}

} // namespace

void limit(RequestParser& parser, const HttpOptions& options)
{
    parser.header_limit(std::uint32_t(options.header_bytes_max));
    parser.body_limit(options.body_bytes_max);
}

void readHeadOf(const RequestParser& parser, HttpRequest& request)
{
    const auto& head = parser.get();
    request.method = view(head.method_string());
    request.target = view(head.target());
    request.version = int(head.version());
    request.headers.clear();
    for (const auto& field : head)
        request.headers.emplace_back(view(field.name_string()), view(field.value()));
    request.body = {};
    request.parameters.clear();
    request.query.clear();
}

bool isExpectingContinue(const RequestParser& parser, const HttpRequest& request)
{
    return request.version >= 11 && equalsIgnoringCase(request.header("Expect").value_or(""), "100-continue")
           && !parser.is_done();
}

std::optional<Problem> problemOf(boost::system::error_code error)
{
    if (error == http::error::header_limit || error == http::error::buffer_overflow)
        return Problem{431, "header-too-large", "the request line and headers have at most 8 KiB"};
    if (error == http::error::body_limit)
        return Problem{413, "body-too-large", "a body has at most 64 KiB"};
    if (error == http::error::end_of_stream || error == http::error::partial_message)
        return {};
    if (error.category() == make_error_code(http::error::bad_method).category())
        return malformed("this is not valid HTTP: " + error.message());
    return {};
}

} // namespace orderlab
