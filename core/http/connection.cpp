#include "http/connection.h"

#include "http/request_admission.h"
#include "runtime/task_group.h"
#include "runtime/with_timeout.h"

#include <boost/asio/read.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>

#include <algorithm>
#include <utility>

#include <poll.h>

namespace orderlab {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

namespace {

/// How long, and how much, a client that is told an error may go on sending before the connection is reset under it.
constexpr std::chrono::seconds linger_limit{1};
constexpr std::size_t linger_bytes_max = 256 * 1024;

/// What every TLS connection begins with (RFC 8446, section 5.1: the type of a handshake's record).
constexpr char tls_first_byte = 22;

/// RFC 9110, section 5.6.7: "Sun, 06 Nov 1994 08:49:37 GMT".
std::string httpDate(TimePoint now)
{
    static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(now - day)};
    char text[64];
    std::snprintf(text, sizeof text, "%s, %02u %s %04d %02d:%02d:%02d GMT",
                  days[std::chrono::weekday{day}.c_encoding()], unsigned(date.day()),
                  months[unsigned(date.month()) - 1], int(date.year()), int(time.hours().count()),
                  int(time.minutes().count()), int(time.seconds().count()));
    return text;
}

/// The order that a 201 leads to; null where it was made by an earlier request.
OrderId madeOrder(const HttpResponse& response)
{
    static constexpr std::string_view orders = "/orders/";
    OrderId made;
    for (const auto& [name, value] : response.headers) {
        if (name == "Idempotent-Replayed")
            return {};
        if (response.status == 201 && name == "Location" && value.starts_with(orders)) {
            if (const auto id = Uuid::parse(std::string_view(value).substr(orders.size())))
                made = OrderId(*id);
        }
    }
    return made;
}

/// The order that a 200 has canceled; null: none.
OrderId canceledOrder(const Route* route, const HttpRequest& request, const HttpResponse& response)
{
    if (!route || response.status != 200 || route->operation != "cancelOrder" || request.parameters.empty())
        return {};
    const auto id = Uuid::parse(request.parameters.front());
    return id ? OrderId(*id) : OrderId();
}

/// What stands for an answer where nobody could be told: the client was too slow, and the connection is closed.
HttpResponse timedOut()
{
    HttpResponse response;
    response.status = 408;
    return response;
}

/// Runs the handler and turns what it throws into an answer; cancellation passes.
Task<Result<HttpResponse>> runHandler(const Route& route, const HttpRequest& request)
{
    std::string what;
    try {
        HttpResponse response = co_await route.handler(request);
        co_return response;
    } catch (const boost::system::system_error& thrown) {
        if (thrown.code() == asio::error::operation_aborted)
            throw;
        what = thrown.what();
    } catch (const std::exception& thrown) {
        what = thrown.what();
    }
    co_return internalError("the request could not be handled: " + what);
}

} // namespace

Connection::Connection(ConnectionContext& context, asio::ip::tcp::socket socket, std::shared_ptr<const TlsContext> tls)
    : m_context(context), m_tls(std::move(tls)), m_stream(std::move(socket)),
      m_buffer(context.options.header_bytes_max + read_ahead_bytes_spare)
{
    error_code ignored;
    m_stream.socket().set_option(asio::ip::tcp::no_delay(true), ignored);
    if (const auto local = m_stream.socket().local_endpoint(ignored); !ignored)
        m_local_address = local.address().to_string();
    if (const auto remote = m_stream.socket().remote_endpoint(ignored); !ignored)
        m_remote_address = remote.address().to_string();
}

void Connection::stop()
{
    m_stopping = true;
    if (m_waiting)
        m_stream.cancel();
}

void Connection::abort()
{
    m_stopping = true;
    m_stream.close();
}

Task<void> Connection::run()
{
    const bool is_open = !m_tls || co_await startTls();
    while (is_open && m_keep_alive && !m_stopping) {
        const bool has_request = co_await waitForRequest();
        if (!has_request)
            break;
        const bool has_head = co_await readHead();
        if (!has_head)
            break;
        co_await answer();
        m_is_first = false;
    }
    m_stream.expires_after(linger_limit);
    co_await m_stream.finishTls();
    m_stream.close();
}

/// The handshake, within its limit. False: the client did not come to it, or cannot.
Task<bool> Connection::startTls()
{
    m_stream.expires_after(m_context.options.handshake_limit);
    error_code error;
    m_waiting = true;
    // One byte tells who begins otherwise; the handshake goes on behind it.
    char first = 0;
    co_await m_stream.async_read_some(asio::buffer(&first, 1), asio::redirect_error(asio::use_awaitable, error));
    if (!error && first == tls_first_byte) {
        co_await m_stream.startTls(*m_tls).async_handshake(asio::ssl::stream_base::server, asio::buffer(&first, 1),
                                                           asio::redirect_error(asio::use_awaitable, error));
        m_waiting = false;
        co_return !error;
    }
    m_waiting = false;
    if (!error && first >= 'A' && first <= 'Z') // A method of HTTP.
        co_await answerPlainHttp();
    co_return false;
}

Task<void> Connection::answerPlainHttp()
{
    m_keep_alive = false;
    const TimePoint since = m_context.runtime.now();
    const HttpResponse response = Problem{400, "tls-needed", "this port speaks TLS: use https://"}.response();
    const bool written = co_await write(response);
    tellUnread(response.status, since);
    if (written)
        co_await closeGently();
}

/// Waits for a request's first byte. A new connection has to start its first request within the header limit.
Task<bool> Connection::waitForRequest()
{
    m_stream.expires_after(m_is_first ? m_context.options.header_limit : m_context.options.idle_limit);
    for (;;) {
        // RFC 9112, section 2.2: line breaks before a request are ignored.
        while (m_buffer.size() > 0
               && (*static_cast<const char*>(m_buffer.data().data()) == '\r'
                   || *static_cast<const char*>(m_buffer.data().data()) == '\n'))
            m_buffer.consume(1);
        if (m_buffer.size() > 0)
            co_return true;
        error_code error;
        m_waiting = true;
        const std::size_t size =
            co_await m_stream.async_read_some(m_buffer.prepare(4096), asio::redirect_error(asio::use_awaitable, error));
        m_waiting = false;
        if (error)
            co_return false;
        m_buffer.commit(size);
    }
}

Task<bool> Connection::readHead()
{
    const TimePoint since = m_context.runtime.now();
    m_parser.emplace();
    limit(*m_parser, m_context.options);
    if (!m_is_first)
        m_stream.expires_after(m_context.options.header_limit);
    error_code error;
    // Counted here, as Beast's own limit is for what it has in hands at once: headers that trickle in pass it.
    for (std::size_t bytes = 0; !error && !m_parser->is_header_done();) {
        bytes += co_await http::async_read_some(m_stream, m_buffer, *m_parser,
                                                asio::redirect_error(asio::use_awaitable, error));
        if (!error && bytes > m_context.options.header_bytes_max)
            error = http::error::header_limit;
    }
    if (error) {
        const auto refusal = co_await refuse(error);
        if (refusal)
            tellUnread(refusal->status, since);
        co_return false;
    }
    m_keep_alive = m_parser->get().keep_alive();
    m_request.local_address = m_local_address;
    m_request.remote_address = m_remote_address;
    readHeadOf(*m_parser, m_request);
    co_return true;
}

Task<void> Connection::answer()
{
    const TimePoint since = m_context.runtime.now();
    m_stream.expires_after(m_context.options.request_limit);
    Admission admission = admit(m_context.access, m_context.router, m_request);
    if (isExpectingContinue(*m_parser, m_request) && admission.answer) {
        m_keep_alive = false; // Whether the body follows is up to the client: there is no telling what comes next.
        co_await write(*admission.answer);
        tellAnswer(admission.route, *admission.answer, since);
        co_await closeGently();
        co_return;
    }
    const auto refusal = co_await readBody();
    if (refusal) {
        if (refusal->status != 0)
            tellAnswer(admission.route, *refusal, since);
        co_return;
    }
    if (admission.answer) {
        m_keep_alive = co_await write(*admission.answer) && m_keep_alive;
        tellAnswer(admission.route, *admission.answer, since);
        co_return;
    }
    m_request.body = m_parser->get().body();
    const HttpResponse response = co_await handle(*admission.route);
    if (response.stream)
        m_keep_alive = false;
    const bool written = co_await write(response);
    m_keep_alive = written && m_keep_alive;
    tellAnswer(admission.route, response, since);
    if (written && response.stream && m_request.method != "HEAD")
        co_await writeStream(response);
}

void Connection::tellAnswer(const Route* route, const HttpResponse& response, TimePoint since) const
{
    if (!m_context.options.on_answer)
        return;
    static constexpr std::string_view known[] = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"};
    const auto method = std::find(std::begin(known), std::end(known), m_request.method);
    AnsweredRequest answered{method == std::end(known) ? "other" : *method,
                             route ? std::string_view(route->pattern) : std::string_view(), response.status,
                             m_context.runtime.now() - since};
    answered.path = m_request.target.substr(0, m_request.target.find('?'));
    answered.traceparent = m_request.header("traceparent").value_or("");
    answered.has_traceparents = m_request.headerCount("traceparent") > 1;
    answered.order = madeOrder(response);
    answered.canceled = canceledOrder(route, m_request, response);
    m_context.options.on_answer(answered);
}

void Connection::tellUnread(int status, TimePoint since) const
{
    if (m_context.options.on_answer)
        m_context.options.on_answer({"other", AnsweredRequest::unread_route, status, m_context.runtime.now() - since});
}

/// A client that has closed its half, too: it does not wait for more. Whatever it sent before (of TLS, its farewell)
/// may be unread.
bool Connection::isClientGone()
{
    pollfd socket{m_stream.socket().native_handle(), POLLRDHUP, 0};
    return ::poll(&socket, 1, 0) > 0;
}

/// In chunks (RFC 9112, section 7.1), to HTTP/1.0 as it is; either way the connection ends with it. Each piece has
/// `request_limit` to be taken, and the next is made only then: a client that is slow holds one piece in memory.
Task<void> Connection::writeStream(const HttpResponse& response)
{
    error_code error;
    const bool is_chunked = m_request.version != 10;
    while (!m_stopping && !error && !isClientGone()) {
        m_stream.expires_never();
        std::optional<std::string> piece = co_await response.stream->next();
        if (!piece)
            break;
        if (piece->empty())
            continue;
        char size[20] = "";
        if (is_chunked)
            std::snprintf(size, sizeof size, "%zx\r\n", piece->size());
        m_out.assign(size).append(*piece).append(is_chunked ? "\r\n" : "");
        m_stream.expires_after(m_context.options.request_limit);
        co_await asio::async_write(m_stream, asio::buffer(m_out), asio::redirect_error(asio::use_awaitable, error));
    }
    if (error || !is_chunked)
        co_return;
    static constexpr std::string_view end = "0\r\n\r\n";
    m_stream.expires_after(linger_limit);
    co_await asio::async_write(m_stream, asio::buffer(end), asio::redirect_error(asio::use_awaitable, error));
}

/// Nothing: it is there. Else what the client was told, or is counted as; status 0: it has gone.
Task<std::optional<HttpResponse>> Connection::readBody()
{
    if (m_parser->is_done())
        co_return std::nullopt;
    error_code error;
    if (isExpectingContinue(*m_parser, m_request)) {
        static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        co_await asio::async_write(m_stream, asio::buffer(go_on), asio::redirect_error(asio::use_awaitable, error));
    }
    if (!error)
        co_await http::async_read(m_stream, m_buffer, *m_parser, asio::redirect_error(asio::use_awaitable, error));
    if (!error)
        co_return std::nullopt;
    auto refusal = co_await refuse(error);
    if (!refusal) {
        refusal.emplace();
        refusal->status = 0;
    }
    co_return refusal;
}

Task<HttpResponse> Connection::handle(const Route& route)
{
    Result<HttpResponse> response = co_await withTimeout(m_context.runtime, m_context.options.request_limit,
                                                         "the request", runHandler(route, m_request));
    if (!response)
        co_return errorResponse(response.error());
    co_return std::move(*response);
}

void Connection::compose(const HttpResponse& response)
{
    const bool close = !m_keep_alive || m_stopping;
    m_keep_alive = !close;
    m_out.clear();
    m_out += "HTTP/1.1 ";
    m_out += std::to_string(response.status);
    m_out += ' ';
    m_out += reasonPhrase(response.status);
    m_out += "\r\nDate: ";
    m_out += httpDate(m_context.runtime.now());
    if (response.status != 204)
        m_out += "\r\nContent-Type: " + response.content_type;
    if (response.stream)
        m_out += m_request.version == 10 ? "" : "\r\nTransfer-Encoding: chunked";
    else if (response.status != 204)
        m_out += "\r\nContent-Length: " + std::to_string(response.body.size());
    m_out += "\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff";
    for (const auto& [name, value] : response.headers)
        m_out += "\r\n" + name + ": " + value;
    if (close)
        m_out += "\r\nConnection: close";
    else if (m_request.version == 10)
        m_out += "\r\nConnection: keep-alive";
    m_out += "\r\n\r\n";
    if (m_request.method != "HEAD" && response.status != 204)
        m_out += response.body;
}

/// False: the client is gone or too slow.
Task<bool> Connection::write(const HttpResponse& response)
{
    compose(response);
    m_stream.expires_after(m_context.options.request_limit);
    error_code error;
    co_await asio::async_write(m_stream, asio::buffer(m_out), asio::redirect_error(asio::use_awaitable, error));
    co_return !error;
}

/// Answers a request that could not be read, if there is an answer to that. What the client was told, or is counted as;
/// nothing: it has gone.
Task<std::optional<HttpResponse>> Connection::refuse(error_code error)
{
    m_keep_alive = false;
    if (error == boost::beast::error::timeout)
        co_return timedOut(); // The stream has closed the connection.
    const auto problem = problemOf(error);
    if (!problem)
        co_return std::nullopt;
    const std::string_view method = std::exchange(m_request.method, {}); // Whatever it is, the answer has a body.
    HttpResponse response = problem->response();
    const bool written = co_await write(response);
    if (written)
        co_await closeGently();
    m_request.method = method;
    co_return response;
}

/// Closing with bytes unread resets the connection, and the client may never see the answer: so those are read first.
Task<void> Connection::closeGently()
{
    error_code error;
    m_stream.expires_after(linger_limit);
    co_await m_stream.finishTls();
    m_stream.socket().shutdown(asio::ip::tcp::socket::shutdown_send, error);
    m_stream.expires_after(linger_limit);
    m_buffer.clear();
    for (std::size_t total = 0; !error && total < linger_bytes_max;) {
        total += co_await m_stream.tcp().async_read_some(m_buffer.prepare(4096),
                                                         asio::redirect_error(asio::use_awaitable, error));
    }
}

} // namespace orderlab
