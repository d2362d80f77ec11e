#include "simulation/journal_bench.h"

#include "journal/recording.h"
#include "journal/timeline.h"
#include "lab/pipeline_bench.h"
#include "runtime/real_runtime.h"
#include "simulation/bench_recording.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <unistd.h>

namespace orderlab {

namespace {

constexpr std::size_t append_batch = 4'096;
constexpr int moments = 200;

/// Now, not at its peak.
double residentMib()
{
    std::FILE* file = std::fopen("/proc/self/statm", "r");
    unsigned long long size = 0, resident = 0;
    const bool is_read = file && std::fscanf(file, "%llu %llu", &size, &resident) == 2;
    if (file)
        std::fclose(file);
    return is_read ? double(resident) * double(sysconf(_SC_PAGESIZE)) / (1 << 20) : 0;
}

/// One measurement of all.
class JournalBench {
public:
    explicit JournalBench(const JournalBenchOptions& options) : m_options(options) {}

    Result<std::string> run()
    {
        ORDERLAB_TRY(return, makeEntries());
        measureTimeline();
        ORDERLAB_TRY(return, measureFile(RecordingForm::Packed, "packed"));
        ORDERLAB_TRY(return, measureFile(RecordingForm::Lines, "lines"));
        number("peak_rss_mib", peakRssMib());
        return m_out.toJson();
    }

private:
    void number(const std::string& name, double value) { m_out.add(name, JsonNode::number(value)); }
    void tell(const std::string& what) const
    {
        if (m_options.on_progress)
            m_options.on_progress(what);
    }
    template <typename Work>
    double secondsOf(Work work)
    {
        const TimePoint started = m_clock.now();
        work();
        return std::chrono::duration<double>(m_clock.now() - started).count();
    }

    Result<void> makeEntries()
    {
        Result<std::vector<Entry>> made = std::vector<Entry>{};
        const double seconds = secondsOf([&] {
            made = benchEntries(m_options.entries, m_names, [this](std::uint64_t so_far) {
                tell("simulating, " + std::to_string(so_far) + " entries");
            });
        });
        if (!made)
            return made.error();
        m_entries = std::move(*made);
        m_out.add("entries", JsonNode::number(m_entries.size()));
        number("simulated_s", seconds);
        return {};
    }

    void measureTimeline()
    {
        tell("timeline");
        const double before = residentMib();
        Timeline timeline(m_names, m_entries.size());
        number("timeline_append_s", secondsOf([&] {
                   for (std::size_t at = 0; at < m_entries.size(); at += append_batch)
                       timeline.append(std::span(m_entries).subspan(at, std::min(append_batch, m_entries.size() - at)));
               }));
        std::vector<double> jumps, scrubs;
        std::uint64_t seen = 0;
        for (int i = 0; i < moments; ++i) {
            const std::uint64_t index =
                timeline.endIndex() * std::uint64_t(i * 37 % moments) / moments + timeline.endIndex() / (2 * moments);
            jumps.push_back(1e3 * secondsOf([&] { seen += timeline.stateBefore(index).entriesApplied(); }));
            scrubs.push_back(1e3
                             * secondsOf([&] { seen += timeline.stateBefore(index - index % 2).entriesApplied(); }));
        }
        std::sort(jumps.begin(), jumps.end());
        std::sort(scrubs.begin(), scrubs.end());
        number("timeline_mib", residentMib() - before);
        number("packed_mib_in_timeline", double(timeline.packedBytes()) / (1 << 20));
        m_out.add("keyframes", JsonNode::number(timeline.keyframes()));
        number("jump_ms_p50", jumps[moments / 2]);
        number("jump_ms_p99", jumps[moments * 99 / 100]);
        number("jump_ms_max", seen > 0 ? jumps.back() : 0);
        number("scrub_ms_p50", scrubs[moments / 2]);
    }

    Result<void> measureFile(RecordingForm form, const std::string& name)
    {
        tell(name);
        const std::string path =
            (std::filesystem::path(m_options.folder) / ("orderlab-bench-" + std::to_string(getpid()) + '-' + name))
                .string();
        RecordingHeader header;
        header.started_at = benchRecordingStart();
        header.program = ORDERLAB_VERSION;
        Result<void> done;
        const double written_s = secondsOf([&] {
            auto writer = RecordingWriter::create(path, header, RecordingWriter::bytes_max_default, form);
            done = writer ? (*writer)->write(m_entries, m_names) : Result<void>(writer.error());
            if (done)
                done = (*writer)->close();
        });
        std::error_code ignored;
        const double bytes = double(std::filesystem::file_size(path, ignored));
        double read_s = 0;
        if (done) {
            Result<Recording> read = Recording{};
            read_s = secondsOf([&] { read = readRecording(path); });
            if (!read)
                done = read.error();
            else if (read->entries.size() != m_entries.size())
                done = internalError("the file has " + std::to_string(read->entries.size()) + " entries");
        }
        std::filesystem::remove(path, ignored);
        number(name + "_mib", bytes / (1 << 20));
        number(name + "_write_s", written_s);
        number(name + "_read_s", read_s);
        if (read_s > 0)
            number(name + "_read_mb_per_s", bytes / 1e6 / read_s);
        return done;
    }

    const JournalBenchOptions& m_options;
    RealRuntime m_clock{1}; ///< Nothing runs on it; it is the only clock there is.
    Names m_names;
    std::vector<Entry> m_entries;
    JsonNode m_out = JsonNode::object();
};

} // namespace

Result<std::string> benchJournal(const JournalBenchOptions& options)
{
    return JournalBench(options).run();
}

} // namespace orderlab
