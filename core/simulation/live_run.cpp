#include "simulation/live_run.h"

#include "bus/event_bus.h"
#include "kafka/kafka_cleanup.h"
#include "lab/lab.h"
#include "runtime/real_runtime.h"
#include "simulation/quiet_watch.h"
#include "simulation/scenario_play.h"

#include <algorithm>
#include <map>
#include <set>

namespace orderlab {

namespace {

using std::chrono::milliseconds;

constexpr Duration live_look_interval{milliseconds{10}};
constexpr Duration progress_interval{milliseconds{100}};
/// Entries of different threads come in any order: what looks quiet has to stay so.
constexpr Duration quiet_for{milliseconds{200}};
constexpr Duration join_interval{milliseconds{100}};
constexpr int looks_alike_min = 5;
constexpr std::size_t entries_max = 20'000'000;
constexpr std::size_t read_max = 65'536;

/// The settings of the scenario with the bus and store of `config`.
LabConfig configOf(const Scenario& scenario, LabConfig config)
{
    const LabConfig wanted = scenario.labConfig();
    config.partitions = wanted.partitions;
    config.members = wanted.members;
    config.policies = wanted.policies;
    config.gateway = wanted.gateway;
    config.own_workers = wanted.own_workers;
    return config;
}

/// Beyond the scenario's own waits: as long as a publisher waits for a broker, and some more.
constexpr Duration still_margin{std::chrono::seconds{15}};

/// The longest time in which a run of the scenario has something to do and yet nothing happens.
Duration longestWait(const Scenario& scenario)
{
    const Policies& policies = scenario.policies;
    Duration retry = policies.retry.initial_delay;
    for (int attempt = 2; attempt < policies.retry.max_attempts && retry < policies.retry.max_delay; ++attempt)
        retry *= 2;
    Duration longest = std::max({std::min(retry, policies.retry.max_delay), policies.timeout.limit,
                                 policies.pause.max_pause, policies.breaker.open_for, scenario.gateway_latency});
    for (const Fault& fault : scenario.faults)
        longest = std::max(longest, fault.delay);
    for (const Change& change : scenario.changes) {
        if (const auto* add = std::get_if<AddFault>(&change.setting))
            longest = std::max(longest, add->fault.delay);
    }
    return longest;
}

class LiveRunner {
public:
    LiveRunner(const Scenario& scenario, const LabConfig& config, const LiveRunOptions& options)
        : m_options(options), m_still_after(longestWait(scenario) + still_margin),
          m_lab(m_runtime, configOf(scenario, config)), m_play(m_lab, scenario, options.seed),
          m_reader(m_lab.journal(), JournalReader::From::Oldest), m_watch(m_lab.journal().names())
    {}

    Result<LiveRun> run()
    {
        const auto started = m_runtime.run(m_lab.start());
        ORDERLAB_TRY(return, started);
        m_run.bus = m_lab.bus().description();
        m_run.store = m_lab.storeDescription();
        auto played = m_runtime.run(play());
        m_runtime.run(m_play.stop());
        m_runtime.run(m_lab.stop());
        removeTopics();
        if (played)
            played = readNew();
        ORDERLAB_TRY(return, played);
        m_run.purchases = m_play.purchases();
        m_run.struck = m_play.struck();
        m_run.names = copyOf(m_lab.journal().names());
        return std::move(m_run);
    }

private:
    bool isGivenUp() const { return m_options.give_up && m_options.give_up->load(); }

    /// No error of the run: it is over.
    void removeTopics()
    {
        if (!m_options.remove_topics || m_lab.config().bus != BusKind::Kafka)
            return;
        KafkaOptions kafka = m_lab.config().kafka;
        kafka.topic_prefix = m_lab.config().topic_prefix;
        std::vector<std::string> groups;
        for (const std::string& worker : m_lab.config().workers)
            groups.push_back(m_lab.config().group_prefix + worker);
        const auto removed = removeFromKafka(m_runtime, m_lab.journal(), std::move(kafka), groups);
        if (!removed)
            m_run.left_behind = removed.error().message;
    }

    Task<Result<void>> play()
    {
        const auto joined = co_await waitUntilJoined();
        if (!joined)
            co_return joined;
        const auto started = m_play.start();
        if (!started)
            co_return started;
        const TimePoint begin = m_runtime.now();
        TimePoint quiet_since = TimePoint::max(), progress_at = begin, silent_since = begin;
        for (;;) {
            co_await m_runtime.sleep(live_look_interval);
            if (isGivenUp())
                co_return canceledError();
            const std::size_t known = m_run.entries.size();
            const auto read = readNew();
            if (!read)
                co_return read;
            const TimePoint now = m_runtime.now();
            if (m_run.entries.size() > known)
                silent_since = now;
            m_run.seconds = std::chrono::duration<double>(now - begin).count();
            m_run.orders_done = m_play.areOrdersDone();
            m_run.is_quiet = m_run.orders_done && m_watch.isQuiet();
            quiet_since = m_run.is_quiet ? std::min(quiet_since, now) : TimePoint::max();
            m_run.silent_seconds = std::chrono::duration<double>(now - silent_since).count();
            m_run.stands_still =
                !m_run.is_quiet && m_run.orders_done && m_play.areChangesDone() && now - silent_since >= m_still_after;
            if ((m_run.is_quiet && now - quiet_since >= quiet_for) || m_run.stands_still
                || now - begin >= m_options.limit)
                co_return Result<void>{};
            if (m_options.on_progress && now >= progress_at) {
                progress_at = now + progress_interval;
                m_options.on_progress(m_watch.world().totals());
            }
        }
    }

    /// A partition that nobody has yet would be read late, and one that moves would be delivered again: neither is what
    /// a scenario is about. So the groups have to be complete, and stay as they are for a while.
    Task<Result<void>> waitUntilJoined()
    {
        const TimePoint limit = m_runtime.now() + m_options.start_limit;
        Owners owners;
        int looks_alike = 0;
        for (;;) {
            const auto groups = co_await m_lab.bus().groups();
            Owners now = groups ? ownersOf(*groups) : Owners{};
            looks_alike = areComplete(now) && now == owners ? looks_alike + 1 : 0;
            owners = std::move(now);
            if (looks_alike >= looks_alike_min)
                co_return Result<void>{};
            if (isGivenUp())
                co_return canceledError();
            if (m_runtime.now() >= limit) {
                if (!groups)
                    co_return groups.error();
                co_return unavailable("the workers have not been given their partitions in time");
            }
            co_await m_runtime.sleep(join_interval);
        }
    }
    /// Who has which partition, by group.
    using Owners = std::map<std::string, std::map<TopicPartition, std::string>>;
    Owners ownersOf(const std::vector<GroupStatus>& groups) const
    {
        Owners owners;
        for (const GroupStatus& group : groups) {
            if (!group.group.starts_with(m_lab.config().group_prefix))
                continue;
            for (const PartitionStatus& partition : group.partitions)
                owners[group.group][partition.where] = partition.member;
        }
        return owners;
    }
    bool areComplete(const Owners& owners) const
    {
        const std::size_t members = std::min<std::size_t>(m_lab.config().members, m_lab.config().partitions);
        const auto isComplete = [members](const auto& group) {
            std::set<std::string> distinct;
            for (const auto& [where, member] : group.second)
                distinct.insert(member);
            return !distinct.contains("") && distinct.size() >= members;
        };
        return owners.size() >= m_lab.groups().size() && std::all_of(owners.begin(), owners.end(), isComplete);
    }

    Result<void> readNew()
    {
        std::size_t begin = m_run.entries.size();
        while (m_reader.read(m_run.entries, read_max) > 0) {
            m_watch.apply(std::span(m_run.entries).subspan(begin));
            begin = m_run.entries.size();
            if (begin > entries_max)
                return Error{
                    ErrorCode::Exhausted, Retry::Never, "the run is too long: its journal has too many entries", {}};
        }
        if (m_reader.missed() > 0)
            return Error{ErrorCode::Exhausted, Retry::Never, "the journal came too fast to be read", {}};
        return {};
    }

    /// The journal and its table go with the Lab.
    static std::shared_ptr<const Names> copyOf(const Names& names)
    {
        auto copy = std::make_shared<Names>();
        copy->copy(names);
        return copy;
    }

    const LiveRunOptions& m_options;
    const Duration m_still_after;
    RealRuntime m_runtime;
    Lab m_lab;
    ScenarioPlay m_play;
    JournalReader m_reader;
    QuietWatch m_watch;
    LiveRun m_run;
};

} // namespace

Result<LiveRun> runLive(const Scenario& scenario, const LabConfig& config, const LiveRunOptions& options)
{
    return LiveRunner(scenario, config, options).run();
}

} // namespace orderlab
