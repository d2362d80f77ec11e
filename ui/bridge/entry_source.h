#pragma once
#include "journal/journal.h"
#include "simulation/world_run.h"

namespace orderlab::ui {

/// Where entries come from: a journal, a run that is made ahead, a file. GUI thread.
class EntrySource {
public:
    virtual ~EntrySource() = default;
    /// Appends up to `max` entries; how many. Never blocks.
    virtual std::size_t read(std::vector<Entry>& out, std::size_t max) = 0;
    /// Entries that were lost so far, because they came faster than they were read.
    virtual std::uint64_t missed() const { return 0; }
    /// Whether all has been read and no more will come.
    virtual bool isOver() const { return false; }
    /// Of more, the oldest go: a million for what never ends (64 MiB and keyframes), ten for what has an end (about 300
    /// MiB).
    virtual std::size_t keptMax() const { return 1'000'000; }
};

class JournalSource final : public EntrySource {
public:
    explicit JournalSource(const Journal& journal) : m_reader(journal) {}
    std::size_t read(std::vector<Entry>& out, std::size_t max) override { return m_reader.read(out, max); }
    std::uint64_t missed() const override { return m_reader.missed(); }

private:
    JournalReader m_reader;
};

class WorldSource final : public EntrySource {
public:
    explicit WorldSource(std::shared_ptr<WorldRun> run) : m_run(std::move(run)) {}
    std::size_t read(std::vector<Entry>& out, std::size_t max) override { return m_run->take(out, max); }
    bool isOver() const override { return m_run->isOver(); }
    std::size_t keptMax() const override { return 10'000'000; }

private:
    std::shared_ptr<WorldRun> m_run;
};

} // namespace orderlab::ui
