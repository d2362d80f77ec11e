#include "own_worker/own_handler.h"

#include "domain/derived_ids.h"
#include "own_worker/worker_attempt.h"
#include "runtime/with_timeout.h"

#include <map>

namespace orderlab {

namespace {

/// A transaction is open meanwhile: after it the partition pauses.
constexpr Duration start_patience{std::chrono::milliseconds{500}};
constexpr std::uint64_t seed_mask = (std::uint64_t{1} << 53) - 1; // What every language's numbers hold.

std::uint64_t hashOf(std::string_view text)
{
    std::uint64_t hash = 1'469'598'103'934'665'603ull; // FNV-1a
    for (const char c : text)
        hash = (hash ^ std::uint8_t(c)) * 1'099'511'628'211ull;
    return hash;
}

class OwnHandler final : public Handler {
public:
    OwnHandler(OwnHandlerDeps deps, const OwnWorker& worker) : m_deps(std::move(deps)), m_worker(worker) {}

    std::string_view name() const override { return m_worker.group; }
    std::span<const EventType> topics() const override { return m_worker.topics; }
    /// So that events wait in the pipe together.
    bool prefersTogether() const override { return !m_deps.options.is_simulated; }
    void memberEnded(std::string_view member, bool was_killed) override;
    Task<Result<void>> handle(const Event& event, HandlerContext& context) override;

private:
    Result<std::shared_ptr<WorkerLink>> linkOf(std::string_view member);
    Task<Result<void>> startOf(WorkerLink& link);

    const OwnHandlerDeps m_deps;
    const OwnWorker m_worker;
    Mutex m_mutex;
    std::map<std::string, std::shared_ptr<WorkerLink>, std::less<>> m_links ORDERLAB_GUARDED_BY(m_mutex);
    std::vector<std::shared_ptr<WorkerLink>> m_ending ORDERLAB_GUARDED_BY(m_mutex);
    std::uint64_t m_started ORDERLAB_GUARDED_BY(m_mutex) = 0;
};

Result<std::shared_ptr<WorkerLink>> OwnHandler::linkOf(std::string_view member)
{
    const MutexLock guard(m_mutex);
    const auto known = m_links.find(member);
    if (known != m_links.end() && known->second->isAlive())
        return known->second;
    WorkerLinkOptions options;
    options.group = m_worker.group;
    options.member = std::string(member);
    options.topics = m_worker.topics;
    options.is_simulated = m_deps.options.is_simulated;
    options.seed =
        seed_mask
        & (options.is_simulated ? mixedSpan(m_deps.options.seed, hashOf(member) + m_started) : m_deps.runtime.random());
    options.patience = m_deps.options.patience;
    options.transcript = m_deps.options.transcript;
    options.on_output = m_deps.options.on_output;
    options.give_up = m_deps.options.give_up;
    auto started = WorkerLink::start(m_worker.command, std::move(options));
    if (!started)
        return Error{ErrorCode::Unavailable, Retry::Later, started.error().message, {}};
    ++m_started;
    return m_links[std::string(member)] = std::move(*started);
}

void OwnHandler::memberEnded(std::string_view member, bool was_killed)
{
    const MutexLock guard(m_mutex);
    std::erase_if(m_ending, [](const auto& link) { return link->hasEnded(); });
    const auto known = m_links.find(member);
    if (known == m_links.end())
        return;
    was_killed ? known->second->kill() : known->second->shutDown();
    if (!was_killed)
        m_ending.push_back(std::move(known->second));
    m_links.erase(known);
}

/// A start costs no attempt, however long it takes and however it ends: no event is to blame for it.
Task<Result<void>> OwnHandler::startOf(WorkerLink& link)
{
    if (link.isReady())
        co_return Result<void>{};
    const auto ready = co_await withTimeout(m_deps.runtime, start_patience, "start", link.becomeReady());
    if (!ready && ready.error().code == ErrorCode::Timeout)
        co_return Error{ErrorCode::Unavailable, Retry::Later, "the worker is starting", {}};
    co_return ready;
}

Task<Result<void>> OwnHandler::handle(const Event& event, HandlerContext& context)
{
    auto link = linkOf(context.member);
    if (!link)
        co_return link.error();
    if (!m_deps.options.is_simulated)
        ORDERLAB_TRY(co_return, co_await startOf(**link));
    WorkerAttempt attempt(m_deps, m_worker.topics, std::move(*link), event, context);
    co_return co_await attempt.run();
}

} // namespace

std::unique_ptr<Handler> makeOwnHandler(OwnHandlerDeps deps, const OwnWorker& worker)
{
    return std::make_unique<OwnHandler>(std::move(deps), worker);
}

} // namespace orderlab
