#pragma once
#include "journal/journal.h"
#include "runtime/task_group.h"

#include <atomic>

namespace orderlab {

/// Somebody who wants every entry.
class JournalObserver {
public:
    virtual ~JournalObserver() = default;
    /// Consecutive entries; `first` is the number of the first. By one thread at a time.
    virtual void onEntries(std::span<const Entry> entries, std::uint64_t first) = 0;
};

/// Reads the journal once for all observers, from its beginning on. It holds nothing up; entries that the ring dropped
/// before they were read are counted. start(), then stop(); the observers outlive that.
class JournalFollower {
public:
    JournalFollower(Runtime& runtime, const Journal& journal, std::vector<JournalObserver*> observers);

    void start();
    /// Reads what is there, then ends.
    Task<void> stop();
    std::uint64_t missed() const { return m_missed; }

private:
    Task<void> follow();
    std::size_t readSome();

    Runtime& m_runtime;
    const std::vector<JournalObserver*> m_observers;
    JournalReader m_reader;
    std::vector<Entry> m_batch;
    std::atomic<std::uint64_t> m_missed{0};
    TaskGroup m_running;
};

} // namespace orderlab
