#include "simulation/world_run.h"

#include <algorithm>

namespace orderlab {

Entry NameTranslation::translated(const Entry& entry, const Names& names)
{
    const EntryFields fields = entryKindRow(entry.kind).fields;
    const bool is_text = fields.detail == "error" || fields.detail == "reason";
    Entry out = entry;
    out.topic = translated(entry.topic, NameUse::Word, names);
    out.group = translated(entry.group, NameUse::Word, names);
    out.actor = translated(entry.actor, fields.actor == "customer" ? NameUse::Customer : NameUse::Word, names);
    out.detail = translated(entry.detail, is_text ? NameUse::Text : NameUse::Word, names);
    return out;
}

NameId NameTranslation::translated(NameId name, NameUse use, const Names& names)
{
    if (name == 0)
        return 0;
    if (name >= m_known.size())
        m_known.resize(std::size_t(name) + 64);
    std::uint32_t& known = m_known[name];
    if (known == 0)
        known = 1 + std::uint32_t(m_to.intern(names.text(name), use));
    return NameId(known - 1);
}

WorldRun::WorldRun(Scenario scenario, std::uint64_t seed, Names& names, WorkerOutput on_worker_output)
    : m_scenario(std::move(scenario)), m_seed(seed), m_on_worker_output(std::move(on_worker_output)),
      m_translation(names), m_thread([this] { run(); })
{}

WorldRun::~WorldRun()
{
    {
        const MutexLock guard(m_mutex); // Else who is about to wait might miss it.
        m_is_given_up = true;
    }
    m_taken.notifyAll();
    m_thread.join();
}

void WorldRun::run()
{
    SimulationOptions options;
    options.on_entries = [this](std::span<const Entry> entries, const Names& names) { put(entries, names); };
    options.give_up = [this] { return m_is_given_up.load(); };
    options.entries_max = entries_max;
    options.on_worker_output = m_on_worker_output;
    m_report = simulate(m_scenario, m_seed, options);
    const MutexLock guard(m_mutex);
    m_is_made = true;
}

void WorldRun::put(std::span<const Entry> entries, const Names& names)
{
    std::vector<Entry> translated;
    translated.reserve(entries.size());
    for (const Entry& entry : entries)
        translated.push_back(m_translation.translated(entry, names));
    MutexLock lock(m_mutex);
    while (m_waiting.size() - m_first >= ahead_max && !m_is_given_up)
        m_taken.wait(lock);
    m_waiting.insert(m_waiting.end(), translated.begin(), translated.end());
}

std::size_t WorldRun::take(std::vector<Entry>& out, std::size_t max)
{
    std::size_t taken = 0;
    {
        const MutexLock guard(m_mutex);
        const auto first = m_waiting.begin() + std::ptrdiff_t(m_first);
        taken = std::min(max, m_waiting.size() - m_first);
        out.insert(out.end(), first, first + std::ptrdiff_t(taken));
        m_first += taken;
        if (m_first == m_waiting.size() || m_first >= ahead_max) { // Moved down now and then, not each time.
            m_waiting.erase(m_waiting.begin(), m_waiting.begin() + std::ptrdiff_t(m_first));
            m_first = 0;
        }
    }
    if (taken > 0)
        m_taken.notifyAll();
    return taken;
}

bool WorldRun::isOver() const
{
    const MutexLock guard(m_mutex);
    return m_is_made && m_first == m_waiting.size();
}

const Result<SimulationReport>& WorldRun::report() const
{
    return *m_report;
}

} // namespace orderlab
