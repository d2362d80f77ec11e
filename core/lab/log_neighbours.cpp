#include "lab/log_neighbours.h"

#include "store/log_number.h"

#include <algorithm>

namespace orderlab {

namespace {

constexpr Duration ending_server_limit = std::chrono::seconds{5}; ///< For its connections to be gone.
constexpr Duration ending_server_interval = std::chrono::milliseconds{200};

constexpr const char* mixed_words =
    "another server works on this database with another bus: what one has published the other would take for lost. ";

/// Whether one of `logs` cannot be beside the log with this identity.
bool isMixed(const std::vector<std::int64_t>& logs, const std::string& identity)
{
    return std::ranges::any_of(logs, [&](std::int64_t log) {
        return identity.empty() ? !endsWithItsProcess(log) : log != logNumberOf(identity);
    });
}

} // namespace

Task<Result<void>> checkOtherLogs(Runtime& runtime, Store& store, const std::string& identity)
{
    const TimePoint give_up = runtime.now() + ending_server_limit;
    for (;;) {
        const auto logs = co_await store.otherLogs();
        if (!logs)
            co_return logs.error();
        if (!isMixed(*logs, identity))
            co_return Result<void>{};
        if (runtime.now() >= give_up)
            co_return Error{ErrorCode::Conflict, Retry::Never,
                            std::string(mixed_words)
                                + "Use the same --bus, brokers and --topic-prefix as that server, stop it first, or "
                                  "give it the orders by --to URL",
                            "bus"};
        co_await runtime.sleep(ending_server_interval);
    }
}

LogNeighbours::LogNeighbours(Deps deps, std::vector<Subscription> subscriptions,
                             std::function<void(const std::string&)> found,
                             std::function<void(const std::string&)> left)
    : m_deps(deps), m_subscriptions(std::move(subscriptions)), m_found(std::move(found)), m_left(std::move(left)),
      m_running(deps.runtime)
{}

void LogNeighbours::start()
{
    m_running.spawn(run());
}

Task<void> LogNeighbours::stop()
{
    m_running.cancel();
    co_await m_running.join();
}

Task<void> LogNeighbours::run()
{
    for (;;) {
        const auto looked = co_await look(); // What failed is done by the next look.
        if (!looked && looked.error().code == ErrorCode::Closed)
            co_return;
        co_await m_deps.runtime.sleep(interval);
    }
}

Task<Result<void>> LogNeighbours::look()
{
    const auto logs = co_await m_deps.store.otherLogs();
    if (!logs)
        co_return logs.error();
    std::set<std::int64_t> others(logs->begin(), logs->end());
    if (!others.empty() && !std::exchange(m_has_found, true) && m_found)
        m_found(
            isMixed(*logs, m_deps.bus.identity())
                ? std::string(mixed_words) + "Both have started at the same moment: stop one of them"
                : "another server works on this database with a log of its own (a bus in memory): each handles what it "
                  "publishes itself,"
                  " and what one leaves behind the other publishes again; to share one log, start both with --bus "
                  "kafka");
    if (!std::ranges::includes(others, m_known)) {
        const auto again = co_await m_deps.store.republishUnprocessed(m_subscriptions, m_deps.bus.identity());
        if (!again)
            co_return again.error(); // m_known stays, so that it is tried again.
        if (*again > 0 && m_left)
            m_left("a server with a log of its own on this database has ended: " + std::to_string(*again)
                   + (*again == 1 ? " event" : " events") + " that were not handled by all groups are published again");
    }
    m_known = std::move(others);
    co_return Result<void>{};
}

} // namespace orderlab
