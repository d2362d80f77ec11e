#pragma once
#include "handlers/handler.h"
#include "memory_bus/memory_bus.h"
#include "memory_store/memory_store.h"
#include "runtime/virtual_runtime.h"
#include "runtime/with_timeout.h"
#include "store/forwarding_store.h"
#include "worker/attempt.h"
#include "worker/policies.h"
#include "worker/retry_topic.h"

#include <QTest>

namespace orderlab::test {

using namespace std::chrono_literals;

inline const Error busy{ErrorCode::PeerFailed, Retry::Later, "busy", {}};
inline const Error poison{ErrorCode::Rejected, Retry::Never, "poison", {}};
inline const Error away = unavailable("database away");

/// What a policy stands on, on a virtual clock, and one event to try it with. One a test.
struct PolicyBench {
    PolicyBench()
    {
        event.id = EventId{Uuid{1, 2}};
        event.order = OrderId{Uuid{3, 4}};
        event.data.user_id = "ada";
        event.data.total.amount_minor = 1;
    }

    VirtualRuntime runtime{1};
    Journal journal{4'096};
    FaultPlan faults{runtime, journal};
    std::shared_ptr<Store> store = makeMemoryStore(runtime, journal);
    std::unique_ptr<EventBus> bus = makeMemoryBus(runtime, journal, {});
    Live<Policies> policies;
    Event event;
    RetryTopic topic{deps()};

    WorkerDeps deps() { return {runtime, journal, faults, *store, *bus}; }
    Attempt attempt()
    {
        Attempt made;
        made.group = "orderlab.fake";
        made.stored_group = "orderlab.fake";
        made.group_name = journal.names().intern(made.group);
        made.events = std::span(&event, 1);
        made.first_offset = 7;
        made.delivered_at = runtime.now();
        return made;
    }
    Result<void> run(const Next& next, Attempt& made) { return runtime.run(next(made)); }
    Result<void> run(const Next& next)
    {
        Attempt made = attempt();
        return run(next, made);
    }
    Duration elapsed() const { return runtime.now() - VirtualRuntime::epoch(); }
    template <typename T>
    T get(Task<Result<T>> task)
    {
        return runtime.run(std::move(task)).value();
    }
    StoreCounts counts() { return get(store->counts()); }
    /// All that was journalled, in order: "kind:attempt", without the attempt where there is none.
    std::string story()
    {
        std::string all;
        std::vector<Entry> entries;
        JournalReader(journal, JournalReader::From::Oldest).read(entries, 10'000);
        for (const Entry& entry : entries) {
            all += name(entry.kind);
            if (entry.attempt > 0)
                all += ':' + std::to_string(entry.attempt);
            all += ' ';
        }
        return all;
    }
};

/// A store whose next commits are durable, but their answers are lost.
class DeafStore final : public ForwardingStore {
public:
    DeafStore(Journal& journal, std::shared_ptr<Store> inner) : ForwardingStore(std::move(inner)), m_journal(journal) {}
    std::unique_ptr<Transaction> begin() override
    {
        return std::make_unique<Deaf>(m_journal, m_inner->begin(), lost_answers);
    }

    int lost_answers = 0;

private:
    class Deaf final : public ForwardingTransaction {
    public:
        Deaf(Journal& journal, std::unique_ptr<Transaction> inner, int& lost_answers)
            : ForwardingTransaction(journal, std::move(inner)), m_lost_answers(lost_answers)
        {}

    private:
        Task<Result<void>> commitWrites(WriteSet& writes) override
        {
            const auto committed = co_await ForwardingTransaction::commitWrites(writes);
            if (!committed || m_lost_answers == 0)
                co_return committed;
            --m_lost_answers;
            co_return away;
        }
        int& m_lost_answers;
    };
    Journal& m_journal;
};

/// A step that fails as the list says, then succeeds; logs the attempts' numbers.
struct HandlerStep {
    std::vector<Error> errors;
    std::string log = {};

    Next next()
    {
        return [this](Attempt& attempt) { return run(attempt); };
    }
    Task<Result<void>> run(Attempt& attempt)
    {
        log += std::to_string(attempt.number) + ' ';
        if (errors.empty())
            co_return Result<void>{};
        Error error = errors.front();
        errors.erase(errors.begin());
        co_return error;
    }
};

/// Writes a notification, then takes its time, then fails or not.
class FakeHandler final : public Handler {
public:
    explicit FakeHandler(Runtime& runtime) : m_runtime(runtime) {}
    std::string_view name() const override { return "fake"; }
    std::span<const EventType> topics() const override { return all_event_types; }
    Task<Result<void>> handle(const Event& event, HandlerContext& context) override
    {
        ++calls;
        context.transaction.insertNotification(
            {event.id, event.order, event.type, "ada", event.data.total, context.now});
        if (takes.count() > 0)
            co_await m_runtime.sleep(takes);
        if (fails_with)
            co_return *fails_with;
        co_return Result<void>{};
    }
    bool staysInTransaction() const override { return stays; }
    int calls = 0;
    bool stays = false;
    Duration takes{0};
    std::optional<Error> fails_with;

private:
    Runtime& m_runtime;
};

/// Counts signs of life.
class FakeConsumer final : public Consumer {
public:
    Task<Result<DeliveryBatch>> poll(std::size_t) override { co_return closedError("fake"); }
    Task<Result<void>> commit(TopicPartition, std::int64_t) override { co_return Result<void>{}; }
    Task<Result<void>> seek(TopicPartition, std::int64_t) override { co_return Result<void>{}; }
    void keepAlive() override { ++signs; }
    void drain() override {}
    Task<void> close() override { co_return; }
    int signs = 0;
};

} // namespace orderlab::test
