#include "lab/journal_archive.h"

#include "journal/story.h"

namespace orderlab {

namespace {
constexpr Duration read_interval{std::chrono::milliseconds{25}};
constexpr std::size_t read_max = 65'536; ///< Entries in one go, so that a story waits for a few milliseconds at most.
} // namespace

JournalArchive::JournalArchive(Runtime& runtime, const Journal& journal, std::size_t entries_max)
    : m_runtime(runtime), m_journal(journal), m_reader(journal, JournalReader::From::Oldest),
      m_timeline(journal.names(), entries_max), m_running(runtime)
{}

void JournalArchive::start()
{
    m_running.spawn(follow());
}

Task<void> JournalArchive::stop()
{
    m_running.cancel();
    co_await m_running.join();
}

void JournalArchive::readNew()
{
    std::vector<Entry> entries;
    m_reader.read(entries, read_max);
    const MutexLock guard(m_mutex);
    m_timeline.append(entries);
}

Task<void> JournalArchive::follow()
{
    for (;;) {
        readNew();
        co_await m_runtime.sleep(read_interval);
    }
}

std::vector<Entry> JournalArchive::story(OrderId order, std::size_t max)
{
    const MutexLock guard(m_mutex);
    return collectStory(m_timeline, m_journal.names(), order, max);
}

} // namespace orderlab
