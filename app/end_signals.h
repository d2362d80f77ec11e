#pragma once
#include <chrono>
#include <functional>
#include <string_view>
#include <thread>

namespace orderlab {

/// What asks this program to end: SIGINT, SIGTERM, SIGHUP (unless it was started with SIGHUP ignored, as nohup does),
/// or that nobody reads the pipe behind standard output or standard error any more.
///
/// The first of them calls `on_end`, and the program ends in order. Those that come within a second of it are the same
/// request, told twice (a terminal and a supervisor both pass it on). A signal after that ends the program at once: its
/// private servers are stopped, folders of ScratchData removed (endPrivateServers()), then it dies of that signal. So
/// it does by itself when it has not ended in order within a limit: whatever hangs, the program ends.
///
/// One a process, for as long as it may be asked to end. From then on SIGPIPE is ignored: a log without a reader is no
/// reason to leave a database behind.
class EndSignals {
public:
    /// For an end in order. More than all that ends has as a limit of its own, one after the other.
    static constexpr std::chrono::milliseconds at_most_usually{120'000};

    /// `on_end` is called once, on a thread of this object, with what came: "interrupted", "terminated", "hung up", or
    /// "nobody reads the output any more".
    /// `on_hangup`, unless it is empty: SIGHUP calls it, on the same thread, as often as it comes, and ends nothing, as
    /// is usual for servers without a terminal.
    explicit EndSignals(std::function<void(std::string_view)> on_end, std::function<void()> on_hangup = {},
                        std::chrono::milliseconds at_most = at_most_usually);
    /// For a program that has nothing to finish: the first of them ends it at once.
    EndSignals() : EndSignals(nullptr) {}
    /// Signals do what they did before.
    ~EndSignals();
    EndSignals(const EndSignals&) = delete;
    EndSignals& operator=(const EndSignals&) = delete;

private:
    void watch();
    std::function<void(std::string_view)> m_on_end;
    std::function<void()> m_on_hangup;
    const std::chrono::milliseconds m_at_most;
    std::thread m_thread;
};

} // namespace orderlab
