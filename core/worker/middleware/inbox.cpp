#include "worker/middleware/inbox.h"

namespace orderlab {

namespace {

class Inbox {
public:
    Inbox(WorkerDeps deps, Handler& handler) : m_deps(deps), m_handler(handler) {}

    Task<Result<void>> run(Attempt& attempt)
    {
        const auto transaction = m_deps.store.begin();
        transaction->expectRows(attempt.events.size());
        std::vector<EventId> ids;
        ids.reserve(attempt.events.size());
        for (const Event& event : attempt.events)
            ids.push_back(event.id);
        const auto fresh = co_await transaction->markProcessed(attempt.group, ids);
        if (!fresh)
            co_return fresh.error();

        HandlerContext context{*transaction, m_deps.runtime.now(), attempt.number,
                               [&runtime = m_deps.runtime, now = m_deps.runtime.now()] { return runtime.newUuid(now); }};
        for (std::size_t i = 0; i < attempt.events.size(); ++i) {
            if (!(*fresh)[i])
                continue;
            auto handled = co_await m_handler.handle(attempt.events[i], context);
            if (!handled)
                co_return handled.error();
        }
        if (attempt.is_parked)
            transaction->unpark(attempt.group, attempt.events.front().id);
        const TimePoint now = m_deps.runtime.now();
        auto committed = co_await transaction->commit(now);
        if (committed)
            record(attempt, *fresh, m_deps.runtime.now());
        co_return committed;
    }

private:
    void record(const Attempt& attempt, const std::vector<bool>& fresh, TimePoint now)
    {
        std::vector<Entry> entries;
        entries.reserve(attempt.events.size());
        const std::int64_t took_us = (now - attempt.delivered_at).count();
        for (std::size_t i = 0; i < attempt.events.size(); ++i) {
            entries.push_back(
                attempt.entry(fresh[i] ? EntryKind::EventHandled : EntryKind::DuplicateSkipped, now, i));
            entries.back().value = std::int32_t(std::min<std::int64_t>(took_us, INT32_MAX));
        }
        m_deps.journal.append(entries);
    }

    WorkerDeps m_deps;
    Handler& m_handler;
};

} // namespace

Next withInbox(WorkerDeps deps, Handler& handler)
{
    return [inbox = std::make_shared<Inbox>(deps, handler)](Attempt& attempt) { return inbox->run(attempt); };
}

} // namespace orderlab
