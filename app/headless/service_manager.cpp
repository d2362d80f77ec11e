#include "headless/service_manager.h"

#include <ctime>
#include <systemd/sd-daemon.h>

namespace orderlab {

namespace {

void tell(const std::string& state)
{
    ::sd_notify(0, state.c_str()); // Nobody who listens is no error, and a failure is nobody's to mend here.
}

/// A status is one line.
std::string lineOf(std::string text)
{
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < ' ')
            c = ' ';
    }
    return text;
}

} // namespace

void ServiceManager::tellReady(const std::string& status)
{
    tell("READY=1\nSTATUS=" + lineOf(status));
    std::uint64_t limit_us = 0;
    if (::sd_watchdog_enabled(0, &limit_us) > 0 && !m_is_fed.exchange(true))
        m_watchdog.spawn(feed(Duration{std::int64_t(limit_us / 2)}));
}

void ServiceManager::tellReloading()
{
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    const auto now_us = std::int64_t(now.tv_sec) * 1'000'000 + now.tv_nsec / 1'000;
    tell("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(now_us));
}

Task<void> ServiceManager::tellStopping()
{
    tell("STOPPING=1");
    m_watchdog.cancel();
    co_await m_watchdog.join();
}

Task<void> ServiceManager::feed(Duration interval)
{
    for (;;) {
        tell("WATCHDOG=1");
        co_await m_runtime.sleep(interval);
    }
}

} // namespace orderlab
