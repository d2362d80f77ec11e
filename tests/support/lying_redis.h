#pragma once
#include "support/scratch_folder.h"

#include <atomic>
#include <cstring>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace orderlab::test {

/// Something at a Unix socket that takes Redis' commands and answers each as the test says, true or not. Threads of its
/// own; the function is called on them, one call at a time.
class LyingRedis {
public:
    /// `answer`: the bytes to send for a command, by its name; empty: the connection is closed.
    explicit LyingRedis(std::function<std::string(const std::string& name)> answer) : m_answer(std::move(answer))
    {
        m_listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const std::string path = socketPath();
        std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
        if (::bind(m_listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0
            || ::listen(m_listener, 16) != 0)
            throw std::runtime_error("cannot listen at " + path);
        m_accepting = std::thread([this] { acceptMany(); });
    }
    ~LyingRedis()
    {
        m_ends = true;
        m_accepting.join();
        for (std::thread& thread : m_talking)
            thread.join();
        ::close(m_listener);
    }
    LyingRedis(const LyingRedis&) = delete;
    LyingRedis& operator=(const LyingRedis&) = delete;

    std::string url() const { return "unix://" + socketPath(); }
    int commands() const { return m_commands; }

private:
    std::string socketPath() const { return (m_folder.path() / "lying.sock").string(); }
    /// False: nothing came, and the end has.
    bool waitFor(int socket) const
    {
        for (pollfd waiting{socket, POLLIN, 0}; !m_ends;) {
            if (::poll(&waiting, 1, 20) > 0)
                return true;
        }
        return false;
    }
    void acceptMany()
    {
        while (waitFor(m_listener)) {
            const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
            if (socket >= 0)
                m_talking.emplace_back([this, socket] { talk(socket); });
        }
    }
    void talk(int socket)
    {
        std::string bytes;
        for (bool goes_on = true; goes_on && waitFor(socket);) {
            char buffer[4'096];
            const ssize_t count = ::read(socket, buffer, sizeof buffer);
            goes_on = count > 0;
            bytes.append(buffer, goes_on ? std::size_t(count) : 0);
            for (std::string name; goes_on && takeCommand(bytes, name);) {
                ++m_commands;
                const std::scoped_lock lock(m_mutex);
                const std::string reply = m_answer(name);
                goes_on =
                    !reply.empty() && ::send(socket, reply.data(), reply.size(), MSG_NOSIGNAL) == ssize_t(reply.size());
            }
        }
        ::close(socket);
    }
    /// Takes a whole command off the front of `bytes`, which a client has formed well.
    static bool takeCommand(std::string& bytes, std::string& name)
    {
        std::size_t at = 0;
        const auto number = [&](char kind, long& out) {
            const std::size_t end = bytes.find("\r\n", at);
            if (end == std::string::npos || bytes[at] != kind)
                return false;
            out = std::stol(bytes.substr(at + 1, end - at - 1));
            at = end + 2;
            return true;
        };
        long arguments = 0;
        if (bytes.empty() || !number('*', arguments))
            return false;
        for (long i = 0; i < arguments; ++i) {
            long length = 0;
            if (!number('$', length) || bytes.size() < at + std::size_t(length) + 2)
                return false;
            if (i == 0)
                name = bytes.substr(at, std::size_t(length));
            at += std::size_t(length) + 2;
        }
        bytes.erase(0, at);
        return true;
    }

    ScratchFolder m_folder;
    const std::function<std::string(const std::string&)> m_answer;
    int m_listener = -1;
    std::atomic<bool> m_ends{false};
    std::atomic<int> m_commands{0};
    std::mutex m_mutex;               ///< Held while m_answer runs.
    std::list<std::thread> m_talking; ///< The accepting thread's, then the destructor's.
    std::thread m_accepting;
};

} // namespace orderlab::test
