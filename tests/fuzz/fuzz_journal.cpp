// Journal files: what can be read can be shown, and written so that the same is read again.
#include "fuzz/fuzz.h"
#include "journal/journal_hash.h"
#include "journal/recording.h"
#include "journal/timeline.h"

#include <sys/mman.h>
#include <unistd.h>

namespace orderlab::fuzz {

const std::vector<std::string_view> dictionary = {"{\"format\":\"orderlab-journal\",\"version\":\"1.0\",\"started_at\":"
                                                  "\"2026-01-01T00:00:00.000000Z\",\"program\":\"0.1.0\"}\n",
                                                  "\"version\":\"1.7\"",
                                                  "\"time\":\"2026-01-01T00:00:00.000012Z\"",
                                                  "\"time\":\"0000-01-01T00:00:00+23:59\"",
                                                  "\"kind\":\"order-accepted\"",
                                                  "\"kind\":\"status-changed\"",
                                                  "\"kind\":\"published\"",
                                                  "\"kind\":\"delivered\"",
                                                  "\"kind\":\"handled\"",
                                                  "\"kind\":\"attempt-failed\"",
                                                  "\"kind\":\"member-joined\"",
                                                  "\"kind\":\"member-left\"",
                                                  "\"kind\":\"paused\"",
                                                  "\"kind\":\"resumed\"",
                                                  "\"kind\":\"entries-missed\"",
                                                  "\"partition\":65535",
                                                  "\"offset\":9223372036854775807",
                                                  "\"offset\":-1",
                                                  "\"attempt\":255",
                                                  "\"status\":\"paid\"",
                                                  "\"group\":\"",
                                                  "\"member\":\"",
                                                  "\"topic\":\"",
                                                  "\n",
                                                  "\\u0000",
                                                  "{}"};

namespace {

constexpr std::size_t entries_max = 5'000;

/// A file without a disk.
class MemoryFile {
public:
    MemoryFile() : m_descriptor(memfd_create("journal", 0))
    {
        require(m_descriptor >= 0, "there is memory for a file");
    }
    ~MemoryFile() { close(m_descriptor); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    std::string path() const { return "/proc/self/fd/" + std::to_string(m_descriptor); }
    void fill(const std::uint8_t* bytes, std::size_t size) const
    {
        require(write(m_descriptor, bytes, size) == ssize_t(size), "the file takes the input");
    }

private:
    int m_descriptor;
};

RecordingLimits limits()
{
    RecordingLimits limits;
    limits.entries_max = entries_max;
    return limits;
}

void show(const Recording& recording)
{
    WorldState world(*recording.names, 64);
    world.apply(recording.entries);
    const Totals& t = world.totals();
    require(t.accepted == t.paid + t.failed + t.canceled + t.dead_lettered + t.in_flight, "the totals add up");
    Timeline timeline(*recording.names, 256, 16, 64);
    timeline.append(recording.entries);
    require(timeline.now() == world, "a timeline ends in the state that all entries give");
    const std::uint64_t middle = (timeline.firstIndex() + timeline.endIndex()) / 2;
    const WorldState then = timeline.stateBefore(middle);
    require(then.entriesApplied() <= world.entriesApplied(),
            "a moment before the end has no more entries than the end");
    for (const OrderState& order : then.orders())
        timeline.story(order.id, 10);
}

void writeAndReadAgain(const Recording& recording, RecordingForm form)
{
    const MemoryFile copy;
    auto writer = RecordingWriter::create(copy.path(), recording.header, RecordingWriter::bytes_max_default, form);
    require(bool(writer), "a file can be written");
    const Result<void> written = (*writer)->write(recording.entries, *recording.names);
    require(written && (*writer)->close(), "what was read can be written");
    const Result<Recording> again = readRecording(copy.path(), limits());
    require(bool(again), "what was written can be read");
    require(again->damages.empty(), "nothing of what was written is damaged");
    require(again->header == recording.header && !again->is_cut_short && again->unknown_kinds == 0,
            "the header stays the same, and no line is left out");
    require(journalSha256(again->entries, *again->names) == journalSha256(recording.entries, *recording.names),
            "the entries stay the same");
}

} // namespace

} // namespace orderlab::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    using namespace orderlab;
    const fuzz::MemoryFile file;
    file.fill(bytes, size);
    const Result<Recording> recording = readRecording(file.path(), fuzz::limits());
    if (!recording) {
        fuzz::require(recording.error().message.starts_with(file.path() + ':'), "the error says in which line it is");
        fuzz::require(recording.error().message.size() < 400, "the error does not repeat its input at length");
        return 0;
    }
    fuzz::show(*recording);
    for (const RecordingForm form : {RecordingForm::Lines, RecordingForm::Packed})
        fuzz::writeAndReadAgain(*recording, form);
    return 0;
}
