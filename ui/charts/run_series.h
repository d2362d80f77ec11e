#pragma once
#include "ui/bridge/journal_names.h"
#include "ui/bridge/time_range.h"

#include <array>
#include <bit>
#include <deque>
#include <span>
#include <unordered_map>

namespace orderlab::ui {

/// How often durations of which length were seen, in slots that are a tenth wide. A value.
class DurationCounts {
public:
    void add(std::int64_t us) { ++m_counts[slotOf(us)], ++m_all; }
    void add(const DurationCounts& more);
    bool isEmpty() const { return m_all == 0; }
    /// `part`: 0.5 for the median. Within 7 % of the exact value; 0 when there is none.
    double percentileUs(double part) const;

private:
    static constexpr std::size_t slots = 320; ///< Eight for each power of two: up to days.
    static std::size_t slotOf(std::int64_t us);
    static double middleOf(std::size_t slot);

    std::array<std::uint32_t, slots> m_counts{};
    std::uint64_t m_all = 0;
};

/// The figures of a run over its time, in at most `points_max` equal steps: a fold of its entries, as WorldState is one
/// at a moment. Steps begin short and become twice as long whenever there would be too many. Bounded: the run's length
/// does not matter. GUI thread.
class RunSeries {
public:
    static constexpr std::size_t points_max = 240;     ///< About as many as a chart has room for.
    static constexpr std::size_t orders_max = 200'000; ///< Under way at once, whose latency is measured.
    static constexpr std::int64_t first_step_us = 1'000;

    /// One step of the run. What is counted is so much within it; what is a level was at most so much.
    struct Step {
        std::array<std::uint32_t, event_type_count> published{};
        std::uint32_t failed = 0; ///< Attempts.
        std::uint32_t retried = 0;
        std::uint32_t dead = 0;
        std::vector<std::int64_t> lag;    ///< Of each group, in events…
        std::vector<std::int64_t> lag_us; ///< …and how long the oldest of them has waited.
        std::vector<double> work_us;      ///< Of each group: the time of all that was handled.
        std::int64_t outbox = 0;          ///< Rows that wait for the relay.
        DurationCounts latency;           ///< From accepted to final, of orders that became final.
    };

    /// `groups`: without prefix. `span`: only this part is kept, in steps that divide it; nothing: all.
    RunSeries(const JournalNames& names, const std::vector<std::string>& groups,
              const std::optional<TimeRange::Span>& span = {});

    /// By the order of the journal.
    void append(std::span<const Entry> entries);
    void append(const Entry& entry);

    const std::vector<std::string>& groups() const { return m_names_of_groups; }
    /// The start of the first step; 0 before the first entry.
    std::int64_t beginUs() const { return m_begin_us; }
    std::int64_t stepUs() const { return m_step_us; }
    /// The last one is still growing.
    const std::vector<Step>& steps() const { return m_steps; }

private:
    struct Partition {
        std::int64_t end = 0;
        std::deque<std::pair<std::int64_t, std::int64_t>>
            published; ///< Offset and time of what some group still waits for.
    };
    struct Group {
        std::array<bool, event_type_count> listens{};
        std::array<std::vector<std::int64_t>, event_type_count> committed;
        std::int64_t lag = 0;
    };
    void goTo(std::int64_t time_us);
    void halve();
    Step& step() { return m_steps.back(); }
    void noteLevels();
    void noteWaits();
    void publish(EventType type, const Entry& entry);
    void commit(std::size_t group, EventType type, const Entry& entry);
    void forgetLog();
    void forgetLog(EventType type, std::size_t partition);
    std::int64_t waitUs(const Partition& log, std::int64_t committed) const;
    static std::int64_t committedOf(const Group& group, std::size_t type, std::size_t partition);
    void work(std::size_t group, const Entry& entry);
    std::optional<std::size_t> placeOf(NameId group);
    bool isKept() const { return !m_steps.empty() && !m_is_past; }

    const JournalNames& m_names;
    const std::vector<std::string> m_names_of_groups;
    const std::optional<TimeRange::Span> m_span;
    std::int64_t m_begin_us = 0;
    std::int64_t m_step_us = first_step_us;
    std::int64_t m_now_us = 0;
    bool m_is_past = false; ///< The span is over.
    std::vector<Step> m_steps;
    std::array<std::vector<Partition>, event_type_count> m_partitions;
    std::vector<Group> m_groups;
    std::vector<int> m_places; ///< By name; -1: no group that is shown, -2: not looked up.
    std::unordered_map<Uuid, std::int64_t, UuidHash> m_under_way; ///< When accepted.
    std::int64_t m_emitted = 0, m_published = 0;
};

} // namespace orderlab::ui
