#include "worker/middleware/inbox.h"

#include "worker/forgetful_inbox.h"
#include "worker/worker_process.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <atomic>
#include <map>

namespace orderlab {

namespace asio = boost::asio;

namespace {

class Inbox {
public:
    Inbox(WorkerDeps deps, Handler& handler, InboxOptions options)
        : m_deps(deps), m_handler(handler), m_options(options)
    {}

    Task<Result<void>> run(Attempt& attempt)
    {
        const std::vector<EventId> ids = idsOf(attempt);
        if (!m_deps.faults.isOn(Guarantee::Inbox))
            co_return co_await handle(attempt, ids, Ask::Nobody);
        if (!m_deps.faults.isOn(Guarantee::DurableInbox))
            co_return co_await handleForgetfully(attempt, ids);
        if (!m_handler.staysInTransaction())
            co_return co_await handle(attempt, ids, Ask::Store);
        if (m_deps.first_look)
            co_return co_await handleAfterLook(attempt, ids);
        const bool is_hopeful =
            m_options.is_hopeful && !attempt.is_parked && toMicros(m_deps.runtime.now()) >= m_careful_until_us.load();
        if (!is_hopeful)
            co_return co_await handle(attempt, ids, Ask::Store);
        co_return co_await handleHopefully(attempt, ids);
    }

private:
    /// Who says which events are fresh.
    enum class Ask : std::uint8_t {
        Nobody,    ///< All are.
        Store,     ///< The inbox, before the handler.
        Commit,    ///< All are taken for fresh, and the inbox refuses the commit where it knows better.
        Forgetful, ///< The inbox in Redis.
    };

    static std::vector<EventId> idsOf(const Attempt& attempt)
    {
        std::vector<EventId> ids;
        ids.reserve(attempt.events.size());
        for (const Event& event : attempt.events)
            ids.push_back(event.id);
        return ids;
    }
    static std::vector<std::string> namesOf(const Attempt& attempt)
    {
        std::vector<std::string> names;
        names.reserve(attempt.events.size());
        for (const Event& event : attempt.events)
            names.push_back(std::string(attempt.stored_group) + ':' + event.id.toString());
        return names;
    }

    /// Redis may be wrong in either way: see FirstLook.
    Task<Result<void>> handleAfterLook(Attempt& attempt, const std::vector<EventId>& ids)
    {
        const Sight sight = co_await m_deps.first_look->look(LookFor::HandledEvent, namesOf(attempt));
        const bool asks_store = sight != Sight::NotSeen;
        bool knew_some = false;
        auto done = co_await handle(attempt, ids, asks_store ? Ask::Store : Ask::Commit, {}, &knew_some);
        if (!done && !asks_store && mayBeDuplicate(done.error())) {
            const auto known = co_await m_deps.store.findProcessed(std::string(attempt.stored_group), ids);
            if (!known || std::find(known->begin(), known->end(), true) == known->end())
                co_return done;
            m_deps.first_look->tell(LookFor::HandledEvent, LookMistake::Forgotten);
            done = co_await handle(attempt, ids, Ask::Store);
        }
        if (!done)
            co_return done;
        if (sight == Sight::Seen && !knew_some)
            m_deps.first_look->tell(LookFor::HandledEvent, LookMistake::Unconfirmed);
        m_deps.first_look->remember(LookFor::HandledEvent, namesOf(attempt));
        co_return done;
    }
    /// Nearly all events are new, and the inbox's key refuses those that are not, with all that came of them.
    Task<Result<void>> handleHopefully(Attempt& attempt, const std::vector<EventId>& ids)
    {
        auto done = co_await handle(attempt, ids, Ask::Commit);
        if (done || !mayBeDuplicate(done.error()))
            co_return done;
        const auto known = co_await m_deps.store.findProcessed(std::string(attempt.stored_group), ids);
        if (!known || std::find(known->begin(), known->end(), true) == known->end())
            co_return done;
        // Where one is delivered again, more are: after a crash, or when a partition has a new owner.
        constexpr Duration careful_for{std::chrono::seconds{5}};
        m_careful_until_us = toMicros(m_deps.runtime.now() + careful_for);
        co_return co_await handle(attempt, ids, Ask::Store);
    }
    /// The commit was refused, or the handler could make nothing of what is done already. Not what only an outage or a
    /// limit of time explains.
    static bool mayBeDuplicate(const Error& error)
    {
        return error.code != ErrorCode::Unavailable && error.code != ErrorCode::Closed
               && error.code != ErrorCode::Canceled && error.code != ErrorCode::Timeout;
    }

    /// A crash in between leaves the marks.
    Task<Result<void>> handleForgetfully(Attempt& attempt, const std::vector<EventId>& ids)
    {
        const std::vector<bool> marked = m_forgetful.mark(ids);
        auto done = co_await handle(attempt, ids, Ask::Forgetful, marked);
        if (!done && !isCanceled(done))
            m_forgetful.unmark(ids, marked);
        co_return done;
    }

    Task<Result<void>> handle(Attempt& attempt, const std::vector<EventId>& ids, Ask ask, std::vector<bool> marked = {},
                              bool* knew_some = nullptr)
    {
        const auto transaction = m_deps.store.begin();
        transaction->expectRows(attempt.events.size());
        Result<std::vector<bool>> fresh = std::move(marked);
        switch (ask) {
        case Ask::Nobody: fresh = std::vector<bool>(ids.size(), true); break;
        case Ask::Store: fresh = co_await transaction->markProcessed(attempt.stored_group, ids); break;
        case Ask::Commit: fresh = transaction->assumeUnprocessed(attempt.stored_group, ids); break;
        case Ask::Forgetful: break;
        }
        if (!fresh)
            co_return fresh.error();
        if (knew_some)
            *knew_some = std::find(fresh->begin(), fresh->end(), false) != fresh->end();

        HandlerContext context{*transaction,
                               m_deps.runtime.now(),
                               attempt.number,
                               [&runtime = m_deps.runtime, now = m_deps.runtime.now()] { return runtime.newUuid(now); },
                               attempt.member,
                               attempt.stored_group,
                               attempt.where.partition,
                               attempt.first_offset,
                               attempt.events};
        if (m_options.together && attempt.events.size() > 1) {
            const auto read = co_await readAhead(attempt, *transaction);
            if (!read)
                co_return read.error();
        }
        auto handled = co_await handleAll(attempt, *fresh, context);
        if (!handled)
            co_return handled;
        if (m_deps.faults.isArmed(Seam::BeforeCommit)) {
            const auto passed = co_await pass(Seam::BeforeCommit, attempt, 0);
            if (!passed)
                co_return passed.error();
        }
        std::vector<Event> unsaved;
        if (!m_deps.faults.isOn(Guarantee::Outbox))
            unsaved = transaction->takeEmitted();
        if (attempt.is_parked)
            transaction->unpark(attempt.stored_group, attempt.events.front().id);
        const TimePoint now = m_deps.runtime.now();
        auto committed = co_await transaction->commit(now);
        if (!committed)
            co_return committed;
        record(attempt, *fresh, m_deps.runtime.now());
        if (m_deps.faults.isArmed(Seam::AfterCommit)) {
            const auto passed = co_await pass(Seam::AfterCommit, attempt, 0);
            if (isCanceled(passed)) // Else nothing can be refused any more: it is durable.
                co_return passed;
        }
        if (!unsaved.empty())
            co_await publish(std::move(unsaved), attempt);
        co_return committed;
    }

    /// Whether handlers of a batch have nothing to wait for. Asked anew, as a group's handler can be replaced.
    bool isSequence() const { return m_handler.staysInTransaction() && m_handler.reads() != ReadsOfHandler::Unknown; }

    /// In one question what the handler would ask for event by event.
    Task<Result<void>> readAhead(const Attempt& attempt, Transaction& transaction)
    {
        std::vector<OrderId> orders;
        orders.reserve(attempt.events.size());
        for (const Event& event : attempt.events)
            orders.push_back(event.order);
        switch (m_handler.reads()) {
        case ReadsOfHandler::Unknown:
        case ReadsOfHandler::Nothing: break;
        case ReadsOfHandler::Order: co_return co_await transaction.readOrdersAhead(std::move(orders));
        case ReadsOfHandler::Payment: co_return co_await transaction.readPaymentsAhead(std::move(orders));
        }
        co_return Result<void>{};
    }

    Task<Result<void>> handleAll(const Attempt& attempt, const std::vector<bool>& fresh, HandlerContext& context)
    {
        if ((m_options.together || m_handler.prefersTogether()) && !isSequence() && attempt.events.size() > 1
            && !m_deps.faults.isArmed(Seam::HandlerEntry))
            co_return co_await handleTogether(attempt, fresh, context);
        for (std::size_t i = 0; i < attempt.events.size(); ++i) {
            if (!fresh[i])
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
        co_return Result<void>{};
    }

    /// On one strand, so that what one waits for (a read, the gateway) the others wait for as well; events of one order
    /// one after the other.
    Task<Result<void>> handleTogether(const Attempt& attempt, const std::vector<bool>& fresh, HandlerContext& context)
    {
        std::map<OrderId, std::vector<const Event*>> by_order;
        for (std::size_t i = 0; i < attempt.events.size(); ++i) {
            if (fresh[i])
                by_order[attempt.events[i].order].push_back(&attempt.events[i]);
        }
        if (by_order.empty())
            co_return Result<void>{};
        const Executor executor = co_await asio::this_coro::executor;
        using Operation = decltype(asio::co_spawn(executor, handleOrder(m_handler, {}, context), asio::deferred));
        std::vector<Operation> operations;
        operations.reserve(by_order.size());
        for (auto& [order, events] : by_order)
            operations.push_back(
                asio::co_spawn(executor, handleOrder(m_handler, std::move(events), context), asio::deferred));
        auto all = asio::experimental::make_parallel_group(std::move(operations));
        auto [order, exceptions, results] =
            co_await all.async_wait(asio::experimental::wait_for_all(), asio::use_awaitable);
        for (const std::exception_ptr& exception : exceptions) {
            if (exception)
                std::rethrow_exception(exception);
        }
        for (const std::optional<Error>& error : results) {
            if (error)
                co_return *error;
        }
        co_return Result<void>{};
    }
    static Task<std::optional<Error>> handleOrder(Handler& handler, std::vector<const Event*> events,
                                                  HandlerContext& context)
    {
        for (const Event* event : events) {
            auto handled = co_await handler.handle(*event, context);
            if (!handled)
                co_return handled.error();
        }
        co_return std::nullopt;
    }

    /// An error is what a refused step answers: at the handler the event's own, at the commit the store's.
    Task<Result<void>> pass(Seam seam, const Attempt& attempt, std::size_t index)
    {
        const Injection injection = co_await m_deps.faults.pass(attempt.faultPoint(seam, index));
        switch (injection.action) {
        case FaultAction::Crash: co_await attempt.process->crash(injection.delay); co_return canceledError();
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
        entry.detail = m_deps.journal.names().intern(published.error().message, NameUse::Text);
        m_deps.journal.append(entry);
    }

    void record(const Attempt& attempt, const std::vector<bool>& fresh, TimePoint now)
    {
        std::vector<Entry> entries;
        entries.reserve(attempt.events.size());
        const std::int64_t took_us = (now - attempt.delivered_at).count();
        for (std::size_t i = 0; i < attempt.events.size(); ++i) {
            entries.push_back(attempt.entry(fresh[i] ? EntryKind::EventHandled : EntryKind::DuplicateSkipped, now, i));
            entries.back().value = std::int32_t(std::min<std::int64_t>(took_us, INT32_MAX));
        }
        m_deps.journal.append(entries);
    }

    WorkerDeps m_deps;
    Handler& m_handler;
    const InboxOptions m_options;
    std::atomic<std::int64_t> m_careful_until_us{0};
    ForgetfulInbox m_forgetful{m_deps.runtime}; ///< Outlives the members' processes, as Redis does.
};

} // namespace

Next withInbox(WorkerDeps deps, Handler& handler, InboxOptions options)
{
    return [inbox = std::make_shared<Inbox>(deps, handler, options)](Attempt& attempt) { return inbox->run(attempt); };
}

} // namespace orderlab
