#pragma once
#include <boost/json.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

/// An answer as it came over the wire.
struct RawReply {
    int status = 0;                             ///< 0: the connection ended, or nothing came in time.
    std::map<std::string, std::string> headers; ///< Names in small letters.
    std::string body;

    boost::json::object json() const { return boost::json::parse(body).as_object(); }
    std::string header(const std::string& name) const
    {
        const auto found = headers.find(name);
        return found == headers.end() ? std::string() : found->second;
    }
};

/// A client that sends exactly the bytes it is given. One blocking socket to 127.0.0.1, so that nothing of the code
/// under test checks itself. Every wait ends after 10 seconds.
class RawHttpClient {
public:
    explicit RawHttpClient(std::uint16_t port) : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (m_socket < 0 || ::connect(m_socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
            throw std::runtime_error("cannot connect to the server under test");
    }
    ~RawHttpClient() { ::close(m_socket); }
    RawHttpClient(const RawHttpClient&) = delete;
    RawHttpClient& operator=(const RawHttpClient&) = delete;

    /// False once the server has closed.
    bool send(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const auto sent = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0)
                return false;
            bytes.remove_prefix(std::size_t(sent));
        }
        return true;
    }
    void finishSending() { ::shutdown(m_socket, SHUT_WR); }

    /// `has_body` false: the answer to HEAD.
    RawReply receive(bool has_body = true)
    {
        RawReply reply;
        std::size_t head_end;
        while ((head_end = m_pending.find("\r\n\r\n")) == std::string::npos) {
            if (!receiveMore())
                return reply;
        }
        parseHead(m_pending.substr(0, head_end + 2), reply);
        m_pending.erase(0, head_end + 4);
        const std::size_t length = has_body ? std::strtoul(reply.header("content-length").c_str(), nullptr, 10) : 0;
        while (m_pending.size() < length) {
            if (!receiveMore())
                return {};
        }
        reply.body = m_pending.substr(0, length);
        m_pending.erase(0, length);
        return reply;
    }
    RawReply ask(std::string_view bytes)
    {
        send(bytes);
        return receive();
    }
    /// Whether the server has closed the connection, with nothing more to read.
    bool isClosedByServer() { return m_pending.empty() && !receiveMore() && m_ended; }
    /// Whether nothing comes within `ms`.
    bool isQuiet(int ms)
    {
        pollfd descriptor{m_socket, POLLIN, 0};
        return m_pending.empty() && ::poll(&descriptor, 1, ms) == 0;
    }

    /// What has come and was not read, and at least something; empty: the connection ended, or nothing came in time.
    std::string receiveSome()
    {
        if (m_pending.empty())
            receiveMore();
        return std::exchange(m_pending, {});
    }

private:
    bool receiveMore()
    {
        pollfd descriptor{m_socket, POLLIN, 0};
        if (::poll(&descriptor, 1, orderlab::test::patience_ms) <= 0)
            return false;
        char buffer[16 * 1024];
        const auto size = ::recv(m_socket, buffer, sizeof buffer, 0);
        m_ended = size <= 0;
        if (size > 0)
            m_pending.append(buffer, std::size_t(size));
        return size > 0;
    }
    static void parseHead(const std::string& head, RawReply& reply)
    {
        reply.status = std::atoi(head.c_str() + std::min<std::size_t>(head.size(), 9));
        std::size_t line = head.find("\r\n") + 2;
        while (line < head.size()) {
            const std::size_t end = head.find("\r\n", line), colon = head.find(':', line);
            std::string name = head.substr(line, colon - line);
            std::transform(name.begin(), name.end(), name.begin(),
                           [](unsigned char c) { return char(std::tolower(c)); });
            reply.headers[name] = head.substr(colon + 2, end - colon - 2);
            line = end + 2;
        }
    }

    int m_socket;
    std::string m_pending;
    bool m_ended = false;
};
