#pragma once
#include "journal/entry.h"

#include <array>
#include <optional>
#include <span>
#include <vector>

namespace orderlab::ui {

/// What an entry is to somebody who looks at a run from afar.
enum class Outcome : std::uint8_t {
    Progress, ///< Something went on its way.
    Done,     ///< An event was handled.
    Trouble,  ///< An attempt failed, waits, or was in vain.
    Lost,     ///< An event was given up.
};
inline constexpr std::size_t outcome_count = 4;
Outcome outcomeOf(EntryKind kind);

/// What is worth a mark of its own.
enum class MarkKind : std::uint8_t { Retry, Fault, Crash, DeadLetter, Violation, Change };
inline constexpr std::size_t mark_kind_count = 6;
/// Nothing for most.
std::optional<MarkKind> markOf(EntryKind kind);

/// A run seen from afar: how many entries of which outcome there are between two times, and where the marks are.
/// Counts are kept for every entry of a short run and for every so many of a long one (`steps_max`). A value; GUI
/// thread.
class TimelineSummary {
public:
    using Counts = std::array<std::uint32_t, outcome_count>;
    struct Mark {
        std::uint64_t index = 0;
        std::int64_t time_us = 0;
        MarkKind kind = MarkKind::Retry;
    };
    static constexpr std::size_t marks_max = 200'000; ///< The first ones; 5 MB.

    void append(std::span<const Entry> entries);
    bool isEmpty() const { return m_entries == 0; }
    /// Of the first and the latest entry.
    std::int64_t firstUs() const { return m_first_us; }
    std::int64_t lastUs() const { return m_last_us; }
    /// Entries in each of `bins` equal parts of [from_us, to_us).
    std::vector<Counts> histogram(std::int64_t from_us, std::int64_t to_us, std::size_t bins) const;
    const std::vector<Mark>& marks() const { return m_marks; }

private:
    static constexpr std::size_t steps_max = std::size_t{1} << 18; ///< 6 MiB.
    struct Step {
        std::int64_t latest_us = 0; ///< Of all entries so far.
        Counts counts{};            ///< Of all entries so far.
    };
    Counts countsBefore(std::int64_t time_us) const;
    void halve();

    std::vector<Step> m_steps; ///< After each `m_stride` entries.
    std::uint64_t m_stride = 1;
    Step m_now;
    std::uint64_t m_entries = 0;
    std::int64_t m_first_us = 0;
    std::int64_t m_last_us = 0;
    std::vector<Mark> m_marks;
};

} // namespace orderlab::ui
