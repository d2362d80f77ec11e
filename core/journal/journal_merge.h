#pragma once
#include "journal/journal_batch.h"

#include <deque>
#include <map>
#include <queue>

namespace orderlab {

/// Makes one journal of those of several processes: by time, where each process' own order stays. A batch waits a while
/// for those of other processes that are on their way; what comes later than that is taken as it comes. Their clocks
/// have to agree to about that time for the order between processes to mean something. One thread at a time.
class JournalMerge {
public:
    struct Limits {
        Duration hold{std::chrono::milliseconds{400}};
        std::size_t entries_max = 262'144; ///< That wait; beyond, the oldest go on at once.
        std::size_t processes_max = 1'024; ///< Known; beyond, the one not heard of for longest is forgotten.
    };
    struct Counts {
        std::uint64_t entries = 0;          ///< Taken in.
        std::uint64_t late = 0;             ///< Of them, older than one that had gone on already.
        std::uint64_t repeated_batches = 0; ///< Left out: they were there before.
        std::uint64_t missing_batches = 0;  ///< By gaps in the numbers of a process.
    };

    JournalMerge() : JournalMerge(Limits{}) {}
    explicit JournalMerge(Limits limits) : m_limits(limits) {}

    void add(JournalBatch batch, TimePoint arrived);
    /// Appends to `out` what has waited long enough by `now`.
    void take(std::vector<Entry>& out, TimePoint now);
    /// All that is left, in order.
    void takeAll(std::vector<Entry>& out);

    const Counts& counts() const { return m_counts; }
    /// "host/pid" of those heard of, by name.
    std::vector<std::string> processes() const;

private:
    struct Process {
        std::uint64_t sequence = 0;
        std::int64_t time_us = INT64_MIN; ///< Its latest.
        TimePoint heard;
    };
    struct Waiting {
        std::int64_t time_us; ///< Never before the entry of the same process in front of it.
        std::uint64_t number; ///< In the order of arrival.
        Entry entry;
        bool operator>(const Waiting& other) const
        {
            return time_us != other.time_us ? time_us > other.time_us : number > other.number;
        }
    };
    struct Arrival {
        TimePoint arrived;
        std::int64_t time_us; ///< Of the latest entry in the batch.
    };
    Process& processOf(const JournalBatchHeader& header, TimePoint arrived);
    void takeUpTo(std::vector<Entry>& out, std::int64_t time_us);
    void takeFirst(std::vector<Entry>& out);

    Limits m_limits;
    Counts m_counts;
    std::map<std::pair<std::string, std::string>, Process> m_processes; ///< By process and run.
    std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> m_waiting;
    std::deque<Arrival> m_arrivals;
    std::uint64_t m_number = 0;
    std::int64_t m_taken_us = INT64_MIN; ///< What has gone on is no later.
};

} // namespace orderlab
