// HTTP bytes, from the parser through admission and router to the order service and its store: what a connection does,
// with its parser and limits, but with the bytes at hand instead of a socket and in virtual time.
#include "fuzz/fuzz.h"
#include "http/order_api.h"
#include "http/request_admission.h"
#include "http/request_parsing.h"
#include "journal/journal.h"
#include "memory_bus/memory_bus.h"
#include "memory_store/memory_store.h"
#include "runtime/virtual_runtime.h"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/json.hpp>

namespace orderlab::fuzz {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

const std::vector<std::string_view> dictionary = {
    "GET ",
    "POST ",
    "HEAD ",
    "OPTIONS ",
    "/orders",
    "/orders?status=paid&limit=1&user_id=a",
    "&cursor=",
    "/cancel",
    "/story",
    "/healthz",
    "/readyz",
    "/openapi.json",
    " HTTP/1.1\r\n",
    " HTTP/1.0\r\n",
    "Host: localhost\r\n",
    "Host: [::1]:80\r\n",
    "Origin: http://localhost\r\n",
    "Content-Type: application/json\r\n",
    "Content-Type: application/json; charset=utf-8\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Content-Length: 5\r\n",
    "Idempotency-Key: k\r\n",
    "Expect: 100-continue\r\n",
    "Connection: close\r\n",
    "traceparent: 00-0123456789abcdef0123456789abcdef-0123456789abcdef-01\r\n",
    "Authorization: Bearer x\r\n",
    "\r\n\r\n",
    "0\r\n\r\n",
    "ffffffffffffffff\r\n",
    "{\"user_id\":\"ada\",\"amount\":\"19.99\"}",
    "\"currency\":\"EUR\"",
    "\"created_at\":\"2025-01-01T00:00:00Z\"",
    "http://localhost/orders",
    "%2f",
    "%00",
    "%c3%28",
    "+",
    "019b0000-0000-7000-8000-000000000001"};

namespace {

constexpr int requests_max = 16;

/// The input as a stream that comes in pieces; how long they are depends on the input only.
class Pieces {
public:
    explicit Pieces(std::string_view bytes) : m_rest(bytes), m_state(bytes.size() * 2'654'435'761u + 1) {}

    template <typename Buffers>
    std::size_t read_some(const Buffers& buffers, error_code& error)
    {
        error = m_rest.empty() ? make_error_code(asio::error::eof) : error_code();
        m_state = m_state * 6364136223846793005u + 1442695040888963407u;
        const std::size_t size_max = (m_state >> 60) == 0 ? 1 + (m_state >> 40) % 16 : 64 * 1024;
        const std::size_t size = asio::buffer_copy(buffers, asio::buffer(m_rest.substr(0, size_max)));
        m_rest.remove_prefix(size);
        return size;
    }
    template <typename Buffers>
    std::size_t read_some(const Buffers& buffers)
    {
        error_code error;
        const std::size_t size = read_some(buffers, error);
        if (error)
            throw boost::system::system_error(error);
        return size;
    }

private:
    std::string_view m_rest;
    std::uint64_t m_state;
};

/// The order API on a store in memory, and one client's connection to it.
class Api {
public:
    explicit Api(std::string_view bytes) : m_stream(bytes)
    {
        HttpServices services;
        services.orders = [this] { return &m_service; };
        services.ready = [this]() -> Task<Result<void>> { return m_store->ping(); };
        addOrderApi(m_router, m_runtime, std::move(services));
    }
    ~Api()
    {
        m_runtime.run(m_bus->close());
        m_runtime.run(m_store->close());
    }

    void run()
    {
        for (int i = 0; i < requests_max && takeRequest(); ++i) {
        }
        const Result<StoreCounts> counts = m_runtime.run(m_store->counts());
        require(counts && counts->orders == m_created, "as many orders are kept as were answered with 201");
    }

private:
    bool takeRequest();
    bool readHead(RequestParser& parser);
    bool refuse(error_code error);
    HttpResponse handle(const Route& route);
    void check(const HttpResponse& response);

    VirtualRuntime m_runtime{1};
    Journal m_journal{256};
    std::shared_ptr<Store> m_store = makeMemoryStore(m_runtime, m_journal);
    FaultPlan m_faults{m_runtime, m_journal};
    std::unique_ptr<EventBus> m_bus = makeMemoryBus(m_runtime, m_journal, {});
    OrderService m_service{{m_runtime, m_journal, m_faults, *m_store, *m_bus}};
    Router m_router;
    HttpOptions m_options;
    AccessRules m_access{m_options};
    Pieces m_stream;
    boost::beast::flat_buffer m_buffer{m_options.header_bytes_max + read_ahead_bytes_spare};
    HttpRequest m_request;
    decltype(StoreCounts::orders) m_created = 0;
};

/// False: the connection ends.
bool Api::takeRequest()
{
    RequestParser parser;
    if (!readHead(parser))
        return false;
    m_request.local_address = "127.0.0.1";
    readHeadOf(parser, m_request);
    const Admission admission = admit(m_access, m_router, m_request);
    require(bool(admission.route) != bool(admission.answer), "a request gets a route or an answer");
    if (admission.answer && isExpectingContinue(parser, m_request)) {
        check(*admission.answer);
        return false;
    }
    error_code error;
    if (!parser.is_done())
        http::read(m_stream, m_buffer, parser, error);
    if (error)
        return refuse(error);
    m_request.body = parser.get().body();
    check(admission.answer ? *admission.answer : handle(*admission.route));
    return parser.get().keep_alive();
}

bool Api::readHead(RequestParser& parser)
{
    limit(parser, m_options);
    error_code error;
    for (std::size_t bytes = 0; !error && !parser.is_header_done();) {
        bytes += http::read_some(m_stream, m_buffer, parser, error);
        if (!error && bytes > m_options.header_bytes_max)
            error = http::error::header_limit;
    }
    return error ? refuse(error) : true;
}

bool Api::refuse(error_code error)
{
    m_request = {};
    if (const auto problem = problemOf(error))
        check(problem->response());
    return false;
}

HttpResponse Api::handle(const Route& route)
{
    const HttpResponse response = m_runtime.run(route.handler(m_request));
    require(response.status < 500, "no request makes the server fail");
    const std::vector<int> statuses = statusesOf(route);
    require(std::find(statuses.begin(), statuses.end(), response.status) != statuses.end(),
            "a route answers what it says that it does");
    const bool is_replay = std::any_of(response.headers.begin(), response.headers.end(),
                                       [](const auto& header) { return header.first == "Idempotent-Replayed"; });
    if (response.status == 201 && !is_replay)
        ++m_created;
    return response;
}

void Api::check(const HttpResponse& response)
{
    require(reasonPhrase(response.status) != "Unknown", "every status has a name");
    for (const auto& [name, value] : response.headers) {
        require(name.find_first_of("\r\n:") == std::string::npos && value.find_first_of("\r\n") == std::string::npos,
                "no header of an answer breaks its line");
    }
    require(response.body.size() < 1'000'000, "an answer is bounded");
    if (response.body.empty())
        return;
    error_code error;
    const auto body = boost::json::parse(response.body, error);
    require(!error && body.is_object(), "every body is a JSON object");
    if (response.status >= 400)
        require(response.content_type == "application/problem+json", "an error is a problem document");
}

} // namespace

} // namespace orderlab::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    orderlab::fuzz::Api({reinterpret_cast<const char*>(bytes), size}).run();
    return 0;
}
