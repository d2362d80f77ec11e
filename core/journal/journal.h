#pragma once
#include "journal/entry.h"
#include "journal/names.h"

#include <atomic>
#include <memory>
#include <span>
#include <vector>

namespace orderlab {

class TraceTable;

/// The ordered record of what the system did. Metrics, traces, invariants, recordings and the screen read it; nothing
/// else reports.
///
/// append() may be called from any thread and takes no lock: a ticket from one counter, then a copy into a ring of
/// slots. Each slot carries a version (a seqlock with atomic words; H.-J. Boehm, "Can seqlocks get along with
/// programming language memory models?", 2012), so readers never block writers. The ring is bounded: a reader that
/// falls more than `capacity` behind loses the oldest entries and is told how many.
class Journal {
public:
    /// `capacity`: entries kept, rounded up to a power of two. 2^18 entries are 18 MiB and, at 5 million entries a
    /// second, three frames of a desktop.
    explicit Journal(std::size_t capacity = std::size_t{1} << 18);
    ~Journal();

    void append(const Entry& entry) { append(std::span(&entry, 1)); }
    /// The entries become one unbroken run.
    void append(std::span<const Entry> entries);

    Names& names() { return m_names; }
    const Names& names() const { return m_names; }
    /// The traces that entries belong to.
    TraceTable& traces() const { return *m_traces; }
    /// How many entries were ever appended.
    std::uint64_t size() const { return m_next.load(std::memory_order_acquire); }

private:
    friend class JournalReader;
    struct Slot;
    Slot& slotOf(std::uint64_t index) const;

    Names m_names;
    std::unique_ptr<TraceTable> m_traces;
    std::uint64_t m_mask;
    std::unique_ptr<Slot[]> m_slots;
    alignas(64) std::atomic<std::uint64_t> m_next{0};
};

/// Reads a Journal from where it was at construction on. One thread at a time; any number of readers.
class JournalReader {
public:
    enum class From : std::uint8_t {
        Now,    ///< Only what is appended after construction.
        Oldest, ///< Everything the ring still has.
    };
    explicit JournalReader(const Journal& journal, From from = From::Now);
    /// From entry number `first` on; one that is not appended yet is waited for.
    JournalReader(const Journal& journal, std::uint64_t first);

    /// Appends up to `max` entries to `out` and returns how many; 0 when there is nothing new. The entries of one call
    /// follow each other without a gap: they are number position() - count to position() - 1. Never blocks.
    std::size_t read(std::vector<Entry>& out, std::size_t max);
    /// The number of the next entry to be read. Entries are numbered from 0 in the order of the journal.
    std::uint64_t position() const { return m_next; }
    /// Entries lost so far because this reader was too far behind.
    std::uint64_t missed() const { return m_missed; }

private:
    const Journal& m_journal;
    std::uint64_t m_next;
    std::uint64_t m_missed = 0;
};

} // namespace orderlab
