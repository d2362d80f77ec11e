#include "lab/invariant_watch.h"

namespace orderlab {

InvariantWatch::InvariantWatch(Runtime& runtime, Journal& journal, InvariantWatchOptions options)
    : m_runtime(runtime), m_journal(journal), m_options(std::move(options)),
      m_reader(journal, JournalReader::From::Oldest), m_suite(m_options.invariants), m_running(runtime)
{}

void InvariantWatch::start()
{
    m_started = true;
    m_running.spawn(follow());
}

Task<void> InvariantWatch::stop()
{
    if (m_started) {
        m_running.cancel();
        co_await m_running.join();
    }
    while (checkSome()) {
    }
}

Task<void> InvariantWatch::follow()
{
    for (;;) {
        const bool more = checkSome();
        co_await m_runtime.sleep(more ? Duration{0} : m_options.interval);
    }
}

/// True: there may be more to check.
bool InvariantWatch::checkSome()
{
    std::vector<Violation> found;
    std::vector<Recovery> recovered;
    bool more = false;
    {
        const MutexLock guard(m_mutex);
        const TimePoint now = m_runtime.now(); // Before reading: what is read is all until then.
        if (m_options.has_others)
            m_suite.setHasOthers(m_options.has_others());
        if (m_looked_at && now - *m_looked_at > m_options.asleep_after)
            m_suite.wasAsleep(toMicros(now));
        m_looked_at = now;
        m_batch.clear();
        more = m_reader.read(m_batch, m_options.read_max) == m_options.read_max;
        if (m_reader.missed() > m_missed)
            startAfresh();
        else
            m_suite.apply(m_batch, m_journal.names());
        if (!more)
            m_suite.look(toMicros(now));
        recovered = m_suite.takeRecoveries();
        found = m_suite.takeNew();
        for (const Violation& violation : found) {
            if (m_violations.size() < m_options.violations_max)
                m_violations.push_back(violation);
        }
    }
    for (const Violation& violation : found)
        record(violation);
    for (const Recovery& recovery : recovered) {
        if (m_options.on_recovery)
            m_options.on_recovery(recovery);
    }
    return more;
}

/// The batch may hold entries from both sides of the gap: it is left out whole.
void InvariantWatch::startAfresh()
{
    m_missed = m_reader.missed();
    m_suite.forgetPast();
    if (!m_options.guarantees)
        return;
    const Guarantees guarantees = m_options.guarantees();
    std::vector<Entry> entries;
    for (int i = 0; i < guarantee_count; ++i) {
        Entry entry;
        entry.time_us = toMicros(m_runtime.now());
        entry.kind = EntryKind::GuaranteeSwitched;
        entry.detail =
            m_journal.names().intern(std::string(name(Guarantee(i))) + (guarantees[Guarantee(i)] ? " on" : " off"));
        entries.push_back(entry);
    }
    m_suite.apply(entries, m_journal.names());
}

void InvariantWatch::record(const Violation& violation)
{
    m_journal.append(entryOf(violation, m_journal.names(), toMicros(m_runtime.now())));
    if (m_options.on_violation)
        m_options.on_violation(violation);
}

std::vector<Violation> InvariantWatch::violations() const
{
    const MutexLock guard(m_mutex);
    return m_violations;
}

std::vector<InvariantStatus> InvariantWatch::statuses() const
{
    const MutexLock guard(m_mutex);
    std::vector<InvariantStatus> statuses;
    for (const InvariantResult& result : m_suite.results())
        statuses.push_back(
            {result.name, result.violations, result.first ? std::optional(*result.first) : std::nullopt});
    return statuses;
}

std::uint64_t InvariantWatch::missed() const
{
    const MutexLock guard(m_mutex);
    return m_reader.missed();
}

} // namespace orderlab
