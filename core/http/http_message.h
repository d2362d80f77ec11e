#pragma once
#include "runtime/task.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace orderlab {

/// A request as handlers see it. Views point into the connection's buffers and hold until the handler has returned.
struct HttpRequest {
    std::string_view method;              ///< As sent, so in capitals for every method we know.
    std::string_view target;              ///< As sent.
    int version = 11;                     ///< 10 or 11.
    std::string_view local_address;       ///< The address that the connection came to, without port.
    std::string_view remote_address = {}; ///< The address that it came from, without port.
    std::vector<std::pair<std::string_view, std::string_view>> headers; ///< In order; trailers are not among them.
    std::string_view body;
    std::vector<std::string> parameters; ///< Of the path, decoded, in the order of the route's pattern.
    std::vector<std::pair<std::string, std::string>> query; ///< Decoded, in order; repeated names stay repeated.

    /// The first header of that name (any case); nothing when there is none.
    std::optional<std::string_view> header(std::string_view name) const;
    std::size_t headerCount(std::string_view name) const;
};

/// A body that comes piece by piece and may have no end, such as server-sent events. Used on one connection's strand.
class ResponseStream {
public:
    virtual ~ResponseStream() = default;
    /// The next bytes. Empty: none for now; it has waited for some, for stream_wait_max at most. Nothing: the end.
    /// Resumes as soon as there is something; cancellation may end it at any time.
    virtual Task<std::optional<std::string>> next() = 0;
};
/// How long ResponseStream::next() may wait: a server that stops, and a client that has gone, are noticed in between.
inline constexpr std::chrono::milliseconds stream_wait_max{250};

/// An answer. The server adds Date, Content-Length and Connection.
struct HttpResponse {
    int status = 200;
    std::string body;
    std::string content_type = "application/json";            ///< Unused for an empty body.
    std::vector<std::pair<std::string, std::string>> headers; ///< Names and values without line breaks.
    /// Instead of `body`; the connection ends with it. For a status that has a body.
    std::shared_ptr<ResponseStream> stream = {};
};

/// "Created" for 201…; "Unknown" for a status that we never send.
std::string_view reasonPhrase(int status);

/// Whether two ASCII texts differ in case at most.
bool equalsIgnoringCase(std::string_view a, std::string_view b);

using HttpHandler = std::function<Task<HttpResponse>(const HttpRequest&)>;

} // namespace orderlab
