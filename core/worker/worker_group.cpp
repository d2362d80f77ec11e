#include "worker/worker_group.h"

#include "worker/lane.h"
#include "worker/middleware/addressee.h"
#include "worker/middleware/dead_letter.h"
#include "worker/middleware/decode.h"
#include "worker/middleware/inbox.h"
#include "worker/middleware/infrastructure_pause.h"
#include "worker/middleware/retry.h"
#include "worker/middleware/throttle.h"
#include "worker/middleware/timeout.h"
#include "worker/retry_lane.h"

#include <algorithm>

namespace orderlab {

namespace {

/// One member: a process that is started again when it was killed, or when the broker has put it out of the group.
struct Member {
    Member(Runtime& runtime, std::size_t n, std::string member_name)
        : number(n), name(std::move(member_name)), supervisor(runtime)
    {}
    const std::size_t number;
    const std::string name;
    TaskGroup supervisor;
    bool has_left = false; ///< Of `WorkerGroup::Impl::leaving`.
    Mutex mutex;
    // Nothing is there before it has joined for the first time.
    std::shared_ptr<Consumer> consumer ORDERLAB_GUARDED_BY(mutex);
    std::shared_ptr<WorkerProcess> process ORDERLAB_GUARDED_BY(mutex);
    std::vector<std::unique_ptr<Lane>> lanes ORDERLAB_GUARDED_BY(mutex); ///< Of `process`.
    std::unique_ptr<RetryLane> retry_lane ORDERLAB_GUARDED_BY(mutex);    ///< Likewise.

    std::shared_ptr<WorkerProcess> currentProcess()
    {
        const MutexLock guard(mutex);
        return process;
    }
    std::shared_ptr<Consumer> currentConsumer()
    {
        const MutexLock guard(mutex);
        return consumer;
    }
};

/// A lane ends when its consumer does; nothing more is taken from the retry topic then either.
Task<void> runLane(Lane& lane, std::shared_ptr<Consumer> consumer, RetryLane& retry_lane)
{
    const bool consumer_ended = co_await lane.run(std::move(consumer));
    if (consumer_ended)
        retry_lane.drain();
}

} // namespace

struct WorkerGroup::Impl {
    Impl(WorkerDeps d, Handler& h, std::string g, WorkerOptions o)
        : deps(d), handler(h), group(std::move(g)), stored_group(o.stored_group.empty() ? group : o.stored_group),
          options(o), group_name(d.journal.names().intern(group)), policies(options.policies), retry_topic(deps),
          attempt_some(withDecoding(withAddressee(
              deps, withInfrastructurePause(
                        deps, policies,
                        withThrottle(deps, policies,
                                     withTimeoutPolicy(
                                         deps.runtime, policies,
                                         withInbox(deps, handler, {options.handle_together, options.is_hopeful}))))))),
          see_through(withDeadLetter(deps, policies, withRetry(deps, policies, retry_topic, attempt_some)))
    {}

    Task<Result<void>> start(Member& member);
    Task<bool> startOnceItCan(Member& member);
    Task<void> supervise(Member& member);
    Task<Result<void>> addMember(WhenAway when_away);
    Task<void> leave(Member& member);
    Task<void> forgetThoseWhoLeave();
    std::size_t freeNumber() const;

    const WorkerDeps deps;
    Handler& handler;
    const std::string group;
    const std::string stored_group;
    const WorkerOptions options;
    const NameId group_name;
    Live<Policies> policies;
    RetryTopic retry_topic;
    const Next attempt_some;
    const Next see_through;

    mutable Mutex mutex; // Only who has set `scaling` changes the members.
    bool scaling ORDERLAB_GUARDED_BY(mutex) = false;
    std::atomic<bool> cancelled{false};
    std::vector<std::unique_ptr<Member>> members ORDERLAB_GUARDED_BY(mutex);
    Notifier scaled;
    TaskGroup leaving{deps.runtime}; ///< Goes on when scale() is cancelled; never cancelled itself.
};

WorkerGroup::WorkerGroup(WorkerDeps deps, Handler& handler, std::string group, WorkerOptions options)
    : m_impl(std::make_unique<Impl>(deps, handler, std::move(group), options))
{}

WorkerGroup::~WorkerGroup() = default;

std::size_t WorkerGroup::Impl::freeNumber() const
{
    const MutexLock guard(mutex);
    for (std::size_t number = 1;; ++number) {
        if (std::none_of(members.begin(), members.end(), [&](const auto& m) { return m->number == number; }))
            return number;
    }
}

/// Joins the group and sets the lanes going.
Task<Result<void>> WorkerGroup::Impl::start(Member& member)
{
    SubscribeOptions subscription;
    subscription.group = group;
    subscription.member = member.name;
    subscription.topics.assign(handler.topics().begin(), handler.topics().end());
    // A member that is busy with one event for as long as it may gives no sign meanwhile.
    subscription.session_timeout = std::max(subscription.session_timeout, policies.get().timeout.limit * 2);
    const std::size_t lanes =
        std::min(options.lanes_max, subscription.topics.size() * std::size_t(deps.bus.partitionCount()));
    auto consumer = co_await deps.bus.subscribe(std::move(subscription));
    if (!consumer)
        co_return consumer.error();
    const NameId member_name = deps.journal.names().intern(member.name);
    const MutexLock guard(member.mutex);
    member.consumer = std::move(*consumer);
    if (cancelled)
        co_return closedError("group " + group);
    member.lanes.clear();
    member.process = std::make_shared<WorkerProcess>(deps.runtime, deps.journal, group_name, member_name);
    const Lane::Owner owner{group, stored_group, member.name, group_name, member_name, *member.process};
    Attempt like;
    like.group = group;
    like.stored_group = stored_group;
    like.member = member.name;
    like.process = member.process.get();
    like.group_name = group_name;
    like.member_name = member_name;
    member.retry_lane = std::make_unique<RetryLane>(deps, policies, retry_topic, std::move(like), see_through);
    member.process->spawn(member.retry_lane->run());
    for (std::size_t i = 0; i < lanes; ++i) {
        member.lanes.push_back(std::make_unique<Lane>(deps, options, policies, owner, attempt_some, see_through));
        member.process->spawn(runLane(*member.lanes.back(), member.consumer, *member.retry_lane));
    }
    co_return Result<void>{};
}

/// False when it never can.
Task<bool> WorkerGroup::Impl::startOnceItCan(Member& member)
{
    for (;;) {
        const auto started = co_await start(member);
        if (started)
            co_return true;
        if (started.error().retry == Retry::Never)
            co_return false;
        co_await deps.runtime.sleep(policies.get().pause.initial_pause);
    }
}

/// Until the member ends for good: starts it again whenever it has been killed or put out of the group.
Task<void> WorkerGroup::Impl::supervise(Member& member)
{
    bool is_member = member.currentProcess() != nullptr;
    if (!is_member)
        is_member = co_await startOnceItCan(member);
    while (is_member) {
        const auto process = member.currentProcess();
        const bool ended = co_await process->joinUnlessCancelled();
        if (!ended)
            co_return;
        const auto killed = process->restartAfter();
        if (killed) {
            handler.memberEnded(member.name, true);
            co_await deps.runtime.sleep(*killed);
        }
        // Only now does the broker notice: what the dead process had is delivered again.
        const auto consumer = member.currentConsumer();
        co_await consumer->close();
        is_member = co_await startOnceItCan(member);
        if (is_member && killed) {
            Entry entry;
            entry.time_us = toMicros(deps.runtime.now());
            entry.kind = EntryKind::ProcessRestarted;
            entry.group = group_name;
            entry.actor = deps.journal.names().intern(member.name);
            deps.journal.append(entry);
        }
    }
}

Task<Result<void>> WorkerGroup::Impl::addMember(WhenAway when_away)
{
    const std::size_t number = freeNumber();
    auto member =
        std::make_unique<Member>(deps.runtime, number, std::string(handler.name()) + '-' + std::to_string(number));
    auto started = co_await start(*member);
    if (!started && (when_away == WhenAway::GiveUp || started.error().retry == Retry::Never))
        co_return started;
    member->supervisor.spawn(supervise(*member));
    const MutexLock guard(mutex);
    members.push_back(std::move(member));
    co_return Result<void>{};
}

/// It takes nothing more, is not started again, finishes what it has, and goes.
Task<void> WorkerGroup::Impl::leave(Member& member)
{
    member.supervisor.cancel();
    co_await member.supervisor.join();
    const auto process = member.currentProcess();
    const auto consumer = member.currentConsumer();
    if (process) {
        {
            const MutexLock guard(member.mutex);
            process->drain();
            consumer->drain();
            member.retry_lane->drain();
        }
        co_await process->join();
    }
    if (consumer)
        co_await consumer->close();
    handler.memberEnded(member.name, false);
    member.has_left = true;
}

Task<void> WorkerGroup::Impl::forgetThoseWhoLeave()
{
    co_await leaving.join();
    const MutexLock guard(mutex);
    std::erase_if(members, [](const auto& member) { return member->has_left; });
}

Task<Result<void>> WorkerGroup::scale(std::size_t count, WhenAway when_away)
{
    if (count > members_max)
        co_return invalidArgument("members", "a group can have 0 to 16 members");
    for (;;) {
        MutexLock lock(m_impl->mutex);
        if (!m_impl->scaling) {
            m_impl->scaling = true;
            break;
        }
        co_await m_impl->scaled.wait(lock);
    }
    struct Done { // Also when cancelled.
        Impl& impl;
        ~Done()
        {
            {
                const MutexLock guard(impl.mutex);
                impl.scaling = false;
            }
            impl.scaled.notifyAll();
        }
    } done{*m_impl};
    co_await m_impl->forgetThoseWhoLeave(); // Since a call that was cancelled.
    while (members() < count) {
        auto added = co_await m_impl->addMember(when_away);
        if (!added)
            co_return added.error();
    }
    // All at once: none takes up more work while another finishes, and brokers that are away are waited for once.
    {
        const MutexLock guard(m_impl->mutex);
        for (std::size_t i = count; i < m_impl->members.size(); ++i)
            m_impl->leaving.spawn(m_impl->leave(*m_impl->members[i]));
    }
    co_await m_impl->forgetThoseWhoLeave();
    co_return Result<void>{};
}

Task<void> WorkerGroup::cancel()
{
    {
        const MutexLock guard(m_impl->mutex);
        m_impl->cancelled = true;
        for (auto& member : m_impl->members) {
            member->supervisor.cancel();
            const MutexLock member_guard(member->mutex);
            if (member->process)
                member->process->cancel();
        }
    }
    const auto ended = co_await scale(0);
    (void)ended;               // Ending members cannot fail.
    m_impl->cancelled = false; // It may be scaled up again.
}

std::size_t WorkerGroup::members() const
{
    const MutexLock guard(m_impl->mutex);
    return m_impl->members.size();
}

Result<void> WorkerGroup::crash(std::string_view member, Duration restart_after)
{
    const MutexLock guard(m_impl->mutex);
    const auto found = std::find_if(m_impl->members.begin(), m_impl->members.end(),
                                    [&](const auto& one) { return one->name == member; });
    if (found == m_impl->members.end())
        return Error{ErrorCode::NotFound, Retry::Never, "there is no member " + std::string(member), {}};
    const auto process = (*found)->currentProcess();
    if (!process || process->restartAfter())
        return Error{ErrorCode::Conflict, Retry::Later, std::string(member) + " is down already", {}};
    process->kill(restart_after);
    return {};
}

std::vector<std::string> WorkerGroup::memberNames() const
{
    const MutexLock guard(m_impl->mutex);
    std::vector<std::string> names;
    for (const auto& member : m_impl->members)
        names.push_back(member->name);
    return names;
}

Policies WorkerGroup::policies() const
{
    return m_impl->policies.get();
}

Result<void> WorkerGroup::setPolicies(const Policies& policies)
{
    ORDERLAB_TRY(return, policies.validate());
    m_impl->policies.set(policies);
    return {};
}

const std::string& WorkerGroup::group() const
{
    return m_impl->group;
}

void WorkerGroup::passWorkerSeam()
{
    const MutexLock guard(m_impl->mutex);
    for (auto& member : m_impl->members) {
        const MutexLock member_guard(member->mutex);
        if (!member->process)
            continue;
        FaultPoint point;
        point.seam = Seam::Worker;
        point.group = m_impl->group;
        point.worker = member->name;
        const Injection injection = m_impl->deps.faults.ask(point);
        if (injection.action == FaultAction::Crash)
            member->process->kill(injection.delay);
        else if (injection.action == FaultAction::Hang)
            member->process->hang(injection.delay);
    }
}

} // namespace orderlab
