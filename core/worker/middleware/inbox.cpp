#include "worker/middleware/inbox.h"

#include "worker/worker_process.h"

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
        Result<std::vector<bool>> fresh = std::vector<bool>(ids.size(), true);
        if (m_deps.faults.isOn(Guarantee::Inbox))
            fresh = co_await transaction->markProcessed(attempt.group, ids);
        if (!fresh)
            co_return fresh.error();

        HandlerContext context{*transaction, m_deps.runtime.now(), attempt.number,
                               [&runtime = m_deps.runtime, now = m_deps.runtime.now()] { return runtime.newUuid(now); }};
        for (std::size_t i = 0; i < attempt.events.size(); ++i) {
            if (!(*fresh)[i])
                continue;
            if (m_deps.faults.isArmed(Seam::HandlerEntry)) {
                const auto entered = co_await pass(Seam::HandlerEntry, attempt, i);
                if (!entered)
                    co_return entered.error();
            }
            auto handled = co_await m_handler.handle(attempt.events[i], context);
            if (!handled)
                co_return handled.error();
        }
        if (m_deps.faults.isArmed(Seam::BeforeCommit)) {
            const auto passed = co_await pass(Seam::BeforeCommit, attempt, 0);
            if (!passed)
                co_return passed.error();
        }
        std::vector<Event> unsaved;
        if (!m_deps.faults.isOn(Guarantee::Outbox))
            unsaved = transaction->takeEmitted();
        if (attempt.is_parked)
            transaction->unpark(attempt.group, attempt.events.front().id);
        const TimePoint now = m_deps.runtime.now();
        auto committed = co_await transaction->commit(now);
        if (!committed)
            co_return committed;
        record(attempt, *fresh, m_deps.runtime.now());
        if (m_deps.faults.isArmed(Seam::AfterCommit)) {
            const auto passed = co_await pass(Seam::AfterCommit, attempt, 0);
            (void)passed; // It is durable: nothing can be refused any more.
        }
        if (!unsaved.empty())
            co_await publish(std::move(unsaved), attempt);
        co_return committed;
    }

private:
    /// An error is what a refused step answers: at the handler the event's own, at the commit the store's.
    Task<Result<void>> pass(Seam seam, const Attempt& attempt, std::size_t index)
    {
        const Injection injection = co_await m_deps.faults.pass(attempt.passage(seam, index));
        switch (injection.action) {
        case FaultAction::Crash: co_await attempt.process->crash(injection.delay); break;
        case FaultAction::Hang: co_await m_deps.runtime.sleep(injection.delay); break;
        case FaultAction::Fail:
            if (seam == Seam::BeforeCommit)
                co_return unavailable("the database refused the commit");
            co_return Error{ErrorCode::PeerFailed, Retry::Later, "the handler failed", {}};
        default: break;
        }
        co_return Result<void>{};
    }

    /// The second half of a dual write. Nobody remembers what fails here.
    Task<void> publish(std::vector<Event> events, const Attempt& attempt)
    {
        const auto published = co_await m_deps.bus.publish(events);
        if (published)
            co_return;
        Entry entry = attempt.partitionEntry(EntryKind::PublishFailed, m_deps.runtime.now());
        entry.order = events.front().order;
        entry.event = events.front().id;
        entry.detail = m_deps.journal.names().intern(published.error().message);
        m_deps.journal.append(entry);
    }

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
