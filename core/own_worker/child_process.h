#pragma once
#include "base/mutex.h"
#include "base/result.h"
#include "base/time.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace orderlab {

/// A file descriptor that is closed with its owner.
class OwnedFd {
public:
    OwnedFd() = default;
    explicit OwnedFd(int fd) : m_fd(fd) {}
    ~OwnedFd() { reset(); }
    OwnedFd(OwnedFd&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
    OwnedFd& operator=(OwnedFd&& other) noexcept
    {
        reset();
        m_fd = std::exchange(other.m_fd, -1);
        return *this;
    }
    int get() const { return m_fd; }
    void reset();

private:
    int m_fd = -1;
};

/// A program of somebody else, with its three standard streams in our hands; ours never block. It gets our environment
/// but ORDERLAB_…, which may hold secrets, and a process group of its own, which ends with it. The destructor kills it.
/// One thread; kill() from any.
class ChildProcess {
public:
    static constexpr int alive_max = 256; ///< In this program at a time.

    /// `is_repeatable`: what chance a language's runtime brings along is taken out, as far as the environment can.
    /// Errors: InvalidArgument: there is no such program; Exhausted (Later): too many live, or the system refused.
    static Result<std::unique_ptr<ChildProcess>> start(std::vector<std::string> words, bool is_repeatable);
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    int input() const { return m_input.get(); } ///< A socket to its standard input.
    int output() const { return m_output.get(); }
    int errors() const { return m_errors.get(); }
    void closeInput() { m_input.reset(); }
    /// Its whole group, at once. Any thread; nothing happens once it has ended.
    void kill() const;
    /// Waits for its end for at most `limit`, by the wall's clock; then kills it. How it ended: "exit code 1",
    /// "signal 9". Blocks.
    std::string end(Duration limit);

private:
    ChildProcess(pid_t pid, OwnedFd input, OwnedFd output, OwnedFd errors)
        : m_pid(pid), m_input(std::move(input)), m_output(std::move(output)), m_errors(std::move(errors))
    {}

    const pid_t m_pid;
    OwnedFd m_input, m_output, m_errors;
    mutable Mutex m_mutex;
    std::string m_ended ORDERLAB_GUARDED_BY(m_mutex); ///< How; empty: it was not waited for yet.
};

} // namespace orderlab
