#pragma once
#include "runtime/task_group.h"

#include <atomic>
#include <string>

namespace orderlab {

/// Tells systemd, if it started this program (Type=notify), what the program does; without it nothing happens. Any
/// thread.
class ServiceManager {
public:
    explicit ServiceManager(Runtime& runtime) : m_runtime(runtime), m_watchdog(runtime) {}

    /// It can be used; `status` is for people. From then on the watchdog is fed, twice as often as it asks for
    /// (WATCHDOG_USEC), as long as the runtime runs what is due.
    void tellReady(const std::string& status);
    /// It reads its configuration again; tellReady() ends that.
    void tellReloading();
    /// It ends.
    Task<void> tellStopping();

private:
    Task<void> feed(Duration interval);

    Runtime& m_runtime;
    TaskGroup m_watchdog;
    std::atomic<bool> m_is_fed{false};
};

} // namespace orderlab
