#include "classroom/classroom_server.h"

#include "classroom/lan_addresses.h"

namespace orderlab {

namespace {

/// A form has a name, a code, an amount: far less.
constexpr std::size_t body_bytes_max = 2 * 1024;
/// 200 students with a page and a request each, and a few who come again.
constexpr std::size_t connections_max = 900;
/// A room behind one router that hides its machines, as one of a container does, still fits.
constexpr std::size_t connections_per_address_max = 450;

} // namespace

Result<ClassroomServerOptions> parseClassroomAddress(std::string_view text)
{
    const Error wrong = invalidArgument(
        "classroom", "must be an address of this machine and a port, such as 192.168.1.20:8090, or auto");
    ClassroomServerOptions options;
    const bool is_auto = text == "auto" || text.starts_with("auto:");
    const bool has_port = is_auto ? text != "auto" : text.rfind(':') != std::string_view::npos;
    std::string whole = is_auto ? "127.0.0.1" + std::string(text.substr(4)) : std::string(text);
    if (!has_port)
        whole += ":" + std::to_string(options.port);
    const auto address = parseListenAddress(whole);
    if (!address)
        return wrong;
    options.address = is_auto ? "auto" : address->address;
    options.port = address->port;
    return options;
}

ClassroomServer::ClassroomServer(Runtime& runtime, const Journal& journal, std::function<OrderService*()> orders,
                                 ClassroomServerOptions options)
    : m_runtime(runtime), m_options(std::move(options)),
      m_classroom(std::make_shared<Classroom>(runtime, journal.names(), m_options.classroom)),
      m_services{runtime, m_classroom, std::make_shared<const ClassPages>(journal.names()), std::move(orders)},
      m_follower(runtime, journal, {m_classroom.get()})
{}

ClassroomServer::~ClassroomServer() = default;

HttpOptions ClassroomServer::httpOptions(std::uint16_t port) const
{
    HttpOptions http;
    http.address = m_options.address;
    http.port = port;
    http.is_open = true; // Whoever is near may look; who may act, the routes see.
    http.allowed_hosts = m_options.allowed_hosts;
    http.connections_max = connections_max;
    http.connections_per_address_max = connections_per_address_max;
    http.body_bytes_max = body_bytes_max;
    http.on_answer = m_options.on_answer;
    return http;
}

Task<Result<void>> ClassroomServer::start()
{
    const std::vector<LanAddress> near = lanAddresses();
    if (m_options.address == "auto") {
        if (near.empty())
            co_return unavailable(
                "this machine has no address that others could reach: connect it to a network, or name "
                "one with --classroom ADDRESS:PORT");
        m_options.address = near.front().address;
    }
    Result<void> listening;
    for (int i = 0; i < m_options.ports_tried; ++i) {
        const int port = m_options.port + i;
        if (port > 65'535)
            break;
        Router router;
        addClassRoutes(router, m_services);
        m_server = std::make_unique<HttpServer>(m_runtime, httpOptions(std::uint16_t(port)), std::move(router));
        listening = co_await m_server->listen();
        if (listening || listening.error().code != ErrorCode::AlreadyExists || m_options.port == 0)
            break;
    }
    if (!listening)
        co_return listening;
    const bool is_any = m_options.address == "0.0.0.0" || m_options.address == "::";
    m_url = !is_any || near.empty() ? m_server->url()
                                    : "http://" + near.front().address + ':' + std::to_string(m_server->port());
    m_follower.start();
    co_return listening;
}

Task<void> ClassroomServer::stop()
{
    m_classroom->end();
    if (m_server)
        co_await m_server->stop();
    co_await m_follower.stop();
}

} // namespace orderlab
