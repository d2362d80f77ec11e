#include "end_signals.h"

#include "postgres/server_guard.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace orderlab {

namespace {

constexpr std::chrono::seconds same_request{1}; ///< Signals so soon after the first are the same request.
constexpr int end_numbers[] = {SIGINT, SIGTERM, SIGHUP};
constexpr unsigned char stop_watching = 0; ///< No signal's number.

int signal_pipe[2] = {-1, -1};
std::map<int, struct sigaction> dispositions_before;

/// Calls only what a signal handler may.
void passOn(int number)
{
    const int before = errno;
    const auto byte = static_cast<unsigned char>(number);
    [[maybe_unused]] const auto written = ::write(signal_pipe[1], &byte, 1); // Full: it is known already.
    errno = before;
}

void setDisposition(int number, void (*handler)(int))
{
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    ::sigaction(number, &action, &dispositions_before[number]);
}

bool isIgnored(int number)
{
    struct sigaction action {};
    return ::sigaction(number, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

/// Of standard output and standard error, those that are pipes: what is written to them somebody reads. A terminal that
/// is gone sends SIGHUP.
std::vector<pollfd> readPipes()
{
    std::vector<pollfd> pipes;
    for (const int descriptor : {STDOUT_FILENO, STDERR_FILENO}) {
        struct stat file {};
        if (::fstat(descriptor, &file) == 0 && S_ISFIFO(file.st_mode)
            && (::fcntl(descriptor, F_GETFL) & O_ACCMODE) == O_WRONLY)
            pipes.push_back({descriptor, 0, 0}); // An error is told unasked.
    }
    return pipes;
}

const char* textOf(int number)
{
    switch (number) {
    case SIGINT: return "interrupted";
    case SIGTERM: return "terminated";
    default: return "hung up";
    }
}

void endAtOnce(int number)
{
    endPrivateServers();
    ::signal(number, SIG_DFL);
    ::kill(::getpid(), number);
}

/// Whatever holds the log's locks.
void sayThatItHangs(std::chrono::milliseconds at_most)
{
    const std::string line = "orderlab: has not ended in " + std::to_string(at_most.count() / 1'000)
                             + " s, and is ended now; what is durable stays so\n";
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

} // namespace

EndSignals::EndSignals(std::function<void(std::string_view)> on_end, std::function<void()> on_hangup,
                       std::chrono::milliseconds at_most)
    : m_on_end(std::move(on_end)), m_on_hangup(std::move(on_hangup)), m_at_most(at_most)
{
    if (::pipe2(signal_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return; // Without descriptors nothing else works either: signals end the program as they would any other.
    setDisposition(SIGPIPE, SIG_IGN);
    for (const int number : end_numbers) {
        if (number != SIGHUP || !isIgnored(number))
            setDisposition(number, passOn);
    }
    m_thread = std::thread([this] { watch(); });
}

EndSignals::~EndSignals()
{
    if (!m_thread.joinable())
        return;
    passOn(stop_watching);
    m_thread.join();
    for (const auto& [number, action] : dispositions_before)
        ::sigaction(number, &action, nullptr);
    dispositions_before.clear();
    for (int& end : signal_pipe)
        ::close(std::exchange(end, -1));
}

void EndSignals::watch()
{
    std::optional<std::chrono::steady_clock::time_point> first;
    std::vector<pollfd> watched = readPipes();
    watched.insert(watched.begin(), {signal_pipe[0], POLLIN, 0});
    for (;;) {
        int wait_ms = -1;
        if (first) {
            const auto left = *first + m_at_most - std::chrono::steady_clock::now();
            wait_ms = int(std::max<std::int64_t>(0, std::chrono::ceil<std::chrono::milliseconds>(left).count()));
        }
        const int ready = ::poll(watched.data(), watched.size(), wait_ms);
        if (ready < 0)
            continue; // EINTR
        const auto now = std::chrono::steady_clock::now();
        if (ready == 0) {
            sayThatItHangs(m_at_most);
            endAtOnce(SIGTERM);
            continue;
        }
        if (!first && (watched[0].revents & POLLIN) == 0) { // One of the pipes.
            if (!m_on_end)
                endAtOnce(SIGPIPE);
            first = now;
            m_on_end("nobody reads the output any more");
        }
        if (first)
            watched.resize(1);
        unsigned char number = stop_watching;
        if (::read(signal_pipe[0], &number, 1) != 1)
            continue;
        if (number == stop_watching)
            return;
        if (number == SIGHUP && m_on_hangup) {
            m_on_hangup();
            continue;
        }
        if (!m_on_end)
            endAtOnce(number);
        if (!first) {
            first = now;
            watched.resize(1);
            m_on_end(textOf(number));
        } else if (now - *first > same_request) {
            endAtOnce(number);
        }
    }
}

} // namespace orderlab
