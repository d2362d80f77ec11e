#include "journal/journal.h"

#include "journal/trace_table.h"

#include <bit>
#include <cstring>
#include <thread>

namespace orderlab {

namespace {
constexpr std::size_t words_per_entry = sizeof(Entry) / sizeof(std::uint64_t);
using Words = std::array<std::uint64_t, words_per_entry>;
} // namespace

/// `version` is 2·index+1 while the entry of that index is being written and 2·index+2 once it is whole.
struct Journal::Slot {
    std::atomic<std::uint64_t> version{0};
    std::array<std::atomic<std::uint64_t>, words_per_entry> words{};
};

Journal::Journal(std::size_t capacity)
    : m_traces(std::make_unique<TraceTable>()), m_mask(std::bit_ceil(std::max<std::size_t>(capacity, 2)) - 1),
      m_slots(std::make_unique<Slot[]>(m_mask + 1))
{}

Journal::~Journal() = default;

Journal::Slot& Journal::slotOf(std::uint64_t index) const
{
    return m_slots[index & m_mask];
}

void Journal::append(std::span<const Entry> entries)
{
    // A run longer than the ring would wait for itself.
    while (entries.size() > m_mask + 1) {
        append(entries.first(m_mask + 1));
        entries = entries.subspan(m_mask + 1);
    }
    std::uint64_t index = m_next.fetch_add(entries.size(), std::memory_order_acq_rel);
    for (const Entry& entry : entries) {
        Slot& slot = slotOf(index);
        // The writer one lap ahead of us in the same slot has to be done; it nearly always is.
        const std::uint64_t before = index > m_mask ? 2 * (index - m_mask - 1) + 2 : 0;
        while (slot.version.load(std::memory_order_acquire) != before)
            std::this_thread::yield();
        slot.version.store(2 * index + 1, std::memory_order_relaxed);
        // Release on each word: a reader that sees any of them sees the version above as well. (A fence would do, too,
        // but ThreadSanitizer does not model fences.)
        const Words words = std::bit_cast<Words>(entry);
        for (std::size_t i = 0; i < words_per_entry; ++i)
            slot.words[i].store(words[i], std::memory_order_release);
        slot.version.store(2 * index + 2, std::memory_order_release);
        ++index;
    }
}

JournalReader::JournalReader(const Journal& journal, From from) : m_journal(journal), m_next(journal.size())
{
    if (from == From::Oldest)
        m_next = m_next > journal.m_mask + 1 ? m_next - (journal.m_mask + 1) : 0;
}

JournalReader::JournalReader(const Journal& journal, std::uint64_t first) : m_journal(journal), m_next(first) {}

std::size_t JournalReader::read(std::vector<Entry>& out, std::size_t max)
{
    std::size_t count = 0;
    while (count < max) {
        Journal::Slot& slot = m_journal.slotOf(m_next);
        const std::uint64_t whole = 2 * m_next + 2;
        const std::uint64_t version = slot.version.load(std::memory_order_acquire);
        if (version < whole)
            break; // not written yet
        Words words;
        for (std::size_t i = 0; i < words_per_entry; ++i)
            words[i] = slot.words[i].load(std::memory_order_acquire);
        if (version != whole || slot.version.load(std::memory_order_relaxed) != whole) {
            if (count > 0)
                break; // The gap is for the next call, so that this one's entries follow each other.
            // Overtaken. Go on in the middle of the ring, so as not to be overtaken at once again.
            const std::uint64_t end = m_journal.size();
            const std::uint64_t keep = (m_journal.m_mask + 1) / 2;
            const std::uint64_t next = std::max(m_next + 1, end > keep ? end - keep : 0);
            m_missed += next - m_next;
            m_next = next;
            continue;
        }
        out.push_back(std::bit_cast<Entry>(words));
        ++m_next;
        ++count;
    }
    return count;
}

} // namespace orderlab
