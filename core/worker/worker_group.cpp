#include "worker/worker_group.h"

#include "worker/lane.h"
#include "worker/middleware/dead_letter.h"
#include "worker/middleware/inbox.h"
#include "worker/middleware/infrastructure_pause.h"
#include "worker/middleware/retry.h"
#include "worker/middleware/throttle.h"
#include "worker/middleware/timeout.h"
#include "worker/retry_lane.h"

#include <algorithm>

namespace orderlab {

namespace {

struct Member {
    explicit Member(Runtime& runtime) : running(runtime) {}
    std::size_t number = 0;
    std::shared_ptr<Consumer> consumer;
    std::vector<std::unique_ptr<Lane>> lanes;
    std::unique_ptr<RetryLane> retry_lane;
    TaskGroup running;
};

} // namespace

struct WorkerGroup::Impl {
    Impl(WorkerDeps d, Handler& h, std::string g, WorkerOptions o)
        : deps(d), handler(h), group(std::move(g)), options(o), group_name(d.journal.names().intern(group)),
          policies(options.policies), retry_topic(deps),
          attempt_some(withInfrastructurePause(
              deps, policies,
              withThrottle(deps, policies, withTimeoutPolicy(deps.runtime, policies, withInbox(deps, handler))))),
          see_through(withDeadLetter(deps, policies, withRetry(deps, policies, retry_topic, attempt_some)))
    {
    }

    Task<Result<void>> addMember();
    Task<void> removeMember();
    std::size_t freeNumber() const;

    const WorkerDeps deps;
    Handler& handler;
    const std::string group;
    const WorkerOptions options;
    const NameId group_name;
    Live<Policies> policies;
    RetryTopic retry_topic;
    const Next attempt_some;
    const Next see_through;

    mutable std::mutex mutex; ///< Guards the two below. Only who has set `scaling` changes the members.
    bool scaling = false;
    std::vector<std::unique_ptr<Member>> members;
    Notifier scaled;
};

WorkerGroup::WorkerGroup(WorkerDeps deps, Handler& handler, std::string group, WorkerOptions options)
    : m_impl(std::make_unique<Impl>(deps, handler, std::move(group), options))
{
}

WorkerGroup::~WorkerGroup() = default;

std::size_t WorkerGroup::Impl::freeNumber() const
{
    for (std::size_t number = 1;; ++number) {
        if (std::none_of(members.begin(), members.end(), [&](const auto& m) { return m->number == number; }))
            return number;
    }
}

Task<Result<void>> WorkerGroup::Impl::addMember()
{
    auto member = std::make_unique<Member>(deps.runtime);
    member->number = freeNumber();
    SubscribeOptions subscription;
    subscription.group = group;
    subscription.member = std::string(handler.name()) + '-' + std::to_string(member->number);
    subscription.topics.assign(handler.topics().begin(), handler.topics().end());
    const NameId member_name = deps.journal.names().intern(subscription.member);
    const std::size_t lanes =
        std::min(options.lanes_max, subscription.topics.size() * std::size_t(deps.bus.partitionCount()));
    auto consumer = co_await deps.bus.subscribe(std::move(subscription));
    if (!consumer)
        co_return consumer.error();
    member->consumer = std::move(*consumer);
    for (std::size_t i = 0; i < lanes; ++i) {
        member->lanes.push_back(
            std::make_unique<Lane>(deps, options, group, group_name, member_name, attempt_some, see_through));
        member->running.spawn(member->lanes.back()->run(member->consumer));
    }
    Attempt like;
    like.group = group;
    like.group_name = group_name;
    like.member_name = member_name;
    member->retry_lane = std::make_unique<RetryLane>(deps, policies, retry_topic, std::move(like), see_through);
    member->running.spawn(member->retry_lane->run());
    const std::scoped_lock guard(mutex);
    members.push_back(std::move(member));
    co_return Result<void>{};
}

Task<void> WorkerGroup::Impl::removeMember()
{
    Member& member = *members.back();
    member.consumer->drain();
    member.retry_lane->drain();
    co_await member.running.join();
    co_await member.consumer->close();
    const std::scoped_lock guard(mutex);
    members.pop_back();
}

Task<Result<void>> WorkerGroup::scale(std::size_t count)
{
    if (count > members_max)
        co_return invalidArgument("members", "a group can have 0 to 16 members");
    for (;;) {
        std::unique_lock lock(m_impl->mutex);
        if (!m_impl->scaling) {
            m_impl->scaling = true;
            break;
        }
        co_await m_impl->scaled.wait(std::move(lock));
    }
    struct Done { // Also when cancelled.
        Impl& impl;
        ~Done()
        {
            {
                const std::scoped_lock guard(impl.mutex);
                impl.scaling = false;
            }
            impl.scaled.notifyAll();
        }
    } done{*m_impl};
    while (m_impl->members.size() < count) {
        auto added = co_await m_impl->addMember();
        if (!added)
            co_return added.error();
    }
    while (m_impl->members.size() > count)
        co_await m_impl->removeMember();
    co_return Result<void>{};
}

Task<void> WorkerGroup::cancel()
{
    {
        const std::scoped_lock guard(m_impl->mutex);
        for (auto& member : m_impl->members)
            member->running.cancel();
    }
    const auto ended = co_await scale(0);
    (void)ended; // Ending members cannot fail.
}

std::size_t WorkerGroup::members() const
{
    const std::scoped_lock guard(m_impl->mutex);
    return m_impl->members.size();
}

Policies WorkerGroup::policies() const
{
    return m_impl->policies.get();
}

Result<void> WorkerGroup::setPolicies(const Policies& policies)
{
    ORDERLAB_TRY(return, policies.validate());
    m_impl->policies.set(policies);
    m_impl->retry_topic.changed();
    return {};
}

const std::string& WorkerGroup::group() const
{
    return m_impl->group;
}

} // namespace orderlab
