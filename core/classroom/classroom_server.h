#pragma once
#include "classroom/class_routes.h"
#include "http/http_server.h"

namespace orderlab {

/// Where and how a class is held.
struct ClassroomServerOptions {
    std::string address =
        "auto";                ///< One of this machine's, "0.0.0.0" for all; "auto": the likeliest of lanAddresses().
    std::uint16_t port = 8090; ///< If it is taken, the next free one of `ports_tried` is used; 0: any free one.
    int ports_tried = 20;
    std::vector<std::string> allowed_hosts = {}; ///< Names by which browsers may call this machine besides.
    std::function<void(const AnsweredRequest&)> on_answer = {};
    ClassroomOptions classroom = {};
};
/// Reads "192.168.1.20:8090", "192.168.1.20", "auto:9000" or "auto". Error: InvalidArgument, field "classroom".
Result<ClassroomServerOptions> parseClassroomAddress(std::string_view text);

/// A class that browsers nearby can join: a listener of its own with the students' routes and no other, and the reader
/// of the journal that tells students what becomes of their orders. start(), then stop(), which ends the class for
/// good. Any thread.
class ClassroomServer {
public:
    /// `orders`: see ClassServices. All outlive it.
    ClassroomServer(Runtime& runtime, const Journal& journal, std::function<OrderService*()> orders,
                    ClassroomServerOptions options);
    ~ClassroomServer();

    /// Errors: those of HttpServer::listen(), AlreadyExists only when all the ports tried are taken; Unavailable when
    /// this machine has no address that others reach.
    Task<Result<void>> start();
    Task<void> stop();

    Classroom& classroom() { return *m_classroom; }
    /// "http://192.168.1.20:8090", where students go. After start().
    const std::string& url() const { return m_url; }
    /// The same with the code in it, for a QR code.
    std::string joinUrl() const { return m_url + "/?code=" + m_classroom->code(); }
    /// Whether the port that was wished for was taken.
    bool hasOtherPort() const { return m_options.port != 0 && m_server->port() != m_options.port; }
    std::uint16_t port() const { return m_server->port(); }

private:
    HttpOptions httpOptions(std::uint16_t port) const;

    Runtime& m_runtime;
    ClassroomServerOptions m_options;
    const std::shared_ptr<Classroom> m_classroom;
    const ClassServices m_services;
    JournalFollower m_follower;
    std::unique_ptr<HttpServer> m_server;
    std::string m_url;
};

} // namespace orderlab
