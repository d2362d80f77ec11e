#include "memory_bus/memory_bus.h"

#include "memory_bus/memory_browser.h"
#include "memory_bus/memory_group.h"

#include <algorithm>

namespace orderlab {

namespace {

class MemoryBus final : public EventBus {
public:
    MemoryBus(Runtime& runtime, Journal& journal, MemoryBusOptions options)
        : m_runtime(runtime), m_journal(journal), m_partitions(options.partitions), m_watchers(runtime)
    {
        for (EventType topic : all_event_types) {
            m_topic_names[std::size_t(topic)] = journal.names().intern(topicName(topic));
            for (std::uint16_t partition = 0; partition < m_partitions; ++partition) {
                m_logs.push_back(std::make_shared<MemoryLog>(TopicPartition{topic, partition}, m_logs.size(),
                                                             options.retention_events));
                m_log_pointers.push_back(m_logs.back().get());
            }
        }
    }

    ~MemoryBus() override
    {
        const auto groups = allGroups();
        for (const auto& group : *groups)
            group->closeAll();
    }

    Task<Result<std::vector<Position>>> publish(std::span<const Event> events) override;
    bool hasDeadLetterTopic() const override { return false; }
    Task<Result<void>> publishDeadLetters(std::span<const DeadLetterNotice>) override
    {
        co_return Error{ErrorCode::Rejected,
                        Retry::Never,
                        "no other program reads a bus in memory: it has no topic of dead letters",
                        {}};
    }
    Task<Result<std::shared_ptr<Consumer>>> subscribe(SubscribeOptions options) override;
    Task<Result<std::vector<GroupStatus>>> groups() override;
    Task<Result<std::vector<OffsetChange>>> resetGroup(GroupReset reset) override;
    std::string identity() const override { return {}; }
    std::string description() const override { return "memory"; }
    Task<void> close() override;
    std::uint16_t partitionCount() const override { return m_partitions; }
    std::shared_ptr<TopicBrowser> browser() const override
    {
        return makeMemoryBrowser({m_logs.begin(), m_logs.end()}, m_partitions);
    }

private:
    Task<Result<void>> appendAll(MemoryLog& log, std::span<const Event* const> events, const Event* first,
                                 std::span<Position> positions);
    using Groups = std::vector<std::shared_ptr<MemoryGroup>>;
    std::shared_ptr<const Groups> allGroups() const;
    std::shared_ptr<MemoryGroup> groupNamed(const std::string& name);
    std::size_t logIndexOf(const Event& event) const
    {
        return std::size_t(event.type) * m_partitions + partitionOf(event.order, m_partitions);
    }

    Runtime& m_runtime;
    Journal& m_journal;
    const std::uint16_t m_partitions;
    TaskGroup m_watchers; ///< Of the groups' sessions; they end with close().
    std::array<NameId, event_type_count> m_topic_names{};
    std::vector<std::shared_ptr<MemoryLog>> m_logs; ///< By topic, then partition. Browsers have them, too.
    std::vector<MemoryLog*> m_log_pointers;
    std::atomic<bool> m_closed{false};
    mutable Mutex m_mutex;
    std::shared_ptr<const Groups> m_groups ORDERLAB_GUARDED_BY(m_mutex) = std::make_shared<Groups>();
};

std::shared_ptr<const MemoryBus::Groups> MemoryBus::allGroups() const
{
    const MutexLock guard(m_mutex);
    return m_groups;
}

std::shared_ptr<MemoryGroup> MemoryBus::groupNamed(const std::string& name)
{
    const MutexLock guard(m_mutex);
    for (const auto& group : *m_groups) {
        if (group->name() == name)
            return group;
    }
    auto groups = std::make_shared<Groups>(*m_groups);
    groups->push_back(std::make_shared<MemoryGroup>(m_runtime, m_journal, m_watchers, name));
    m_groups = groups;
    return groups->back();
}

/// Appends in as many steps as room allows; readers and the journal see each step at once. `positions` are those of all
/// events of the call, of which `first` is the first.
Task<Result<void>> MemoryBus::appendAll(MemoryLog& log, std::span<const Event* const> events, const Event* first,
                                        std::span<Position> positions)
{
    while (!events.empty()) {
        if (m_closed)
            co_return closedError("bus");
        const TimePoint now = m_runtime.now();
        const MemoryLog::Appended appended = log.append(events, now);
        if (appended.count == 0) {
            co_await log.waitForRoom();
            continue;
        }
        std::vector<Entry> entries(appended.count);
        for (std::size_t i = 0; i < appended.count; ++i) {
            Entry& entry = entries[i];
            entry.time_us = toMicros(now);
            entry.kind = EntryKind::EventPublished;
            entry.order = events[i]->order;
            entry.event = events[i]->id;
            entry.topic = m_topic_names[std::size_t(log.where().topic)];
            entry.partition = log.where().partition;
            entry.offset = appended.first_offset + std::int64_t(i);
            positions[std::size_t(events[i] - first)] = {log.where(), entry.offset};
        }
        m_journal.append(entries);
        const auto groups = allGroups();
        for (const auto& group : *groups)
            group->wakeReaderOf(log);
        events = events.subspan(appended.count);
    }
    co_return Result<void>{};
}

Task<Result<std::vector<Position>>> MemoryBus::publish(std::span<const Event> events)
{
    if (const Duration latency = m_runtime.hopLatency(Hop::BusPublish); latency.count() > 0)
        co_await m_runtime.sleep(latency);
    if (m_closed)
        co_return closedError("bus");
    std::vector<Position> positions(events.size());
    std::vector<std::vector<const Event*>> by_log(m_logs.size());
    for (const Event& event : events)
        by_log[logIndexOf(event)].push_back(&event);
    for (std::size_t i = 0; i < by_log.size(); ++i) {
        if (by_log[i].empty())
            continue;
        auto appended = co_await appendAll(*m_logs[i], by_log[i], events.data(), positions);
        if (!appended)
            co_return appended.error();
    }
    co_return positions;
}

Task<Result<std::shared_ptr<Consumer>>> MemoryBus::subscribe(SubscribeOptions options)
{
    if (m_closed)
        co_return closedError("bus");
    if (options.group.empty() || options.member.empty() || options.topics.empty())
        co_return invalidArgument("group", "a subscription needs a group, a member and topics");
    const auto group = groupNamed(options.group);
    co_return group->join(std::move(options), m_log_pointers);
}

Task<Result<std::vector<GroupStatus>>> MemoryBus::groups()
{
    std::vector<GroupStatus> statuses;
    const auto groups = allGroups();
    for (const auto& group : *groups)
        statuses.push_back(group->status());
    co_return statuses;
}

Task<Result<std::vector<OffsetChange>>> MemoryBus::resetGroup(GroupReset reset)
{
    if (m_closed)
        co_return closedError("bus");
    const auto groups = allGroups();
    for (const auto& group : *groups) {
        if (group->name() == reset.group)
            co_return group->reset(reset);
    }
    co_return Error{ErrorCode::NotFound, Retry::Never, "there is no group " + reset.group, "group"};
}

Task<void> MemoryBus::close()
{
    m_closed = true;
    const auto groups = allGroups();
    for (const auto& group : *groups)
        group->closeAll();
    for (auto& log : m_logs)
        log->wakePublishers();
    m_watchers.cancel();
    co_await m_watchers.join();
}

} // namespace

std::unique_ptr<EventBus> makeMemoryBus(Runtime& runtime, Journal& journal, MemoryBusOptions options)
{
    return std::make_unique<MemoryBus>(runtime, journal, options);
}

} // namespace orderlab
