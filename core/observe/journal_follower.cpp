#include "observe/journal_follower.h"

namespace orderlab {

namespace {
constexpr Duration follow_interval{std::chrono::milliseconds{10}};
constexpr std::size_t follow_entries_max = 16'384; ///< At once: who asks an observer waits for less than a millisecond.
constexpr std::size_t follow_reads_max = 32;       ///< In a row: twice the ring of a server.
} // namespace

JournalFollower::JournalFollower(Runtime& runtime, const Journal& journal, std::vector<JournalObserver*> observers)
    : m_runtime(runtime), m_observers(std::move(observers)), m_reader(journal, JournalReader::From::Oldest),
      m_running(runtime)
{}

void JournalFollower::start()
{
    m_running.spawn(follow());
}

Task<void> JournalFollower::stop()
{
    m_running.cancel();
    co_await m_running.join();
    for (std::size_t i = 0; i < follow_reads_max && readSome() > 0; ++i)
        ;
}

std::size_t JournalFollower::readSome()
{
    m_batch.clear();
    const std::size_t count = m_reader.read(m_batch, follow_entries_max);
    m_missed = m_reader.missed();
    for (JournalObserver* observer : m_observers) {
        if (count > 0)
            observer->onEntries(m_batch, m_reader.position() - count);
    }
    return count;
}

Task<void> JournalFollower::follow()
{
    for (;;) {
        for (std::size_t i = 0; i < follow_reads_max && readSome() > 0; ++i)
            ;
        co_await m_runtime.sleep(follow_interval);
    }
}

} // namespace orderlab
