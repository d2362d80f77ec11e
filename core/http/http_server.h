#pragma once
#include "http/http_options.h"
#include "http/router.h"
#include "runtime/runtime.h"

#include <memory>

namespace orderlab {

/// An HTTP/1.1 and HTTP/1.0 server (RFC 9110, 9112) for the routes of a Router. Any thread.
///
/// Accepting has a strand of its own and so has every connection. Each wait for a client has a deadline and each buffer
/// a limit, see HttpOptions: a client that is slow, silent or sends too much costs a connection for that long and
/// nothing else. One connection above the limit is told so (503, Retry-After) and closed, rather than left waiting in
/// the kernel's queue: its client learns why, and clients of the other connections are not held up. (With TLS it is
/// closed without a word, as a handshake is what there is no room for.)
///
/// Sockets need the real runtime: in virtual time nothing would ever arrive.
class HttpServer {
public:
    HttpServer(Runtime& runtime, HttpOptions options, Router router);
    /// Has to be stopped before.
    ~HttpServer();

    /// Binds and starts to accept. Once; after an error it may be called again.
    /// Errors: InvalidArgument for the options or an address that is none of this machine's, AlreadyExists when the
    /// port is taken, Rejected when it needs more rights; each says what to do, in `field` "listen" where it is the
    /// address.
    Task<Result<void>> listen();
    /// The port that it listens on; 0 before listen().
    std::uint16_t port() const;
    /// "127.0.0.1:8080".
    std::string endpoint() const;
    /// "http://127.0.0.1:8080", or https.
    std::string url() const;
    /// New connections begin with this certificate; open ones keep theirs. For a server that was made with one.
    void setTls(std::shared_ptr<const TlsContext> tls);
    /// Requests from now on need one of these. For a server that was made with one.
    void setTokens(const std::vector<std::string>& tokens);
    /// Open connections.
    std::size_t connections() const;

    /// Stops accepting, ends idle connections, lets running requests finish for at most `stop_limit`, cancels the rest
    /// and resumes when all is closed. Idempotent; concurrent calls all wait.
    Task<void> stop();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace orderlab
