#pragma once
#include "base/result.h"
#include "journal/journal.h"
#include "runtime/runtime.h"

#include <atomic>
#include <bitset>
#include <optional>
#include <string>
#include <vector>

namespace orderlab {

/// Which entries somebody wants. A value.
struct JournalFilter {
    std::bitset<256> kinds; ///< By EntryKind; none: all.
    std::optional<Uuid> order;
    std::optional<Uuid> event;
    std::string group; ///< "orderlab.payment", or without prefix; empty: all.
    std::string topic; ///< Empty: all.
};

/// Where a stream of the journal begins.
struct JournalStart {
    enum class At : std::uint8_t {
        Now,    ///< With the next entry.
        Oldest, ///< With the oldest that is kept.
        Number, ///< With entry `number`.
    } at = At::Now;
    std::uint64_t number = 0;
};

struct JournalQuery {
    JournalFilter filter = {};
    JournalStart start = {};
    std::string last_event_id = {}; ///< Of an earlier stream: goes on behind it, whatever `start` says. Empty: none.
};

class JournalStream;

/// The journal as server-sent events (HTML Living Standard, section 9.2), for any number of readers up to a bound. Any
/// thread. Outlives its streams.
///
/// An entry is a message: its id is RUN-NUMBER, its data the entry's JSON as in journal files, with "entry", its number
/// in the journal. RUN names this process, as each numbers anew. A stream buffers nothing: it reads the journal's ring
/// when its reader has taken what came before. A reader that falls behind the ring is told by an event "gap" which
/// entries it will not see: {"from":10,"to":20,"missed":11}. One that goes on after an id of another process gets
/// {"reason":"another-run"} and then all that is kept. While nothing matches, a comment and the id of the newest entry
/// come every heartbeat_interval, so that a reader that comes back later does not begin far behind.
class JournalFeed {
public:
    static constexpr std::size_t streams_max = 32;                          ///< At once: each reads every entry.
    static constexpr Duration heartbeat_interval{std::chrono::seconds{10}}; ///< Below proxies' usual minute.

    JournalFeed(Runtime& runtime, const Journal& journal);

    /// Errors: Unavailable (Later) when streams_max are open; InvalidArgument for a `last_event_id` that is none.
    Result<std::shared_ptr<JournalStream>> open(JournalQuery query);
    std::size_t streams() const { return *m_streams; }
    const std::string& run() const { return m_run; }

private:
    Runtime& m_runtime;
    const Journal& m_journal;
    const std::string m_run;
    const std::shared_ptr<std::atomic<std::size_t>> m_streams; ///< That are open.
};

/// Used by one coroutine at a time.
class JournalStream {
public:
    ~JournalStream();
    JournalStream(const JournalStream&) = delete;
    JournalStream& operator=(const JournalStream&) = delete;

    /// The next bytes, of at most about 100 KiB; empty when nothing came for a fifth of a second.
    Task<std::string> next();

private:
    friend class JournalFeed;
    /// A name that entries have to carry, known by its number once it was seen.
    class NameFilter {
    public:
        explicit NameFilter(std::string text) : m_text(std::move(text)) {}
        bool lets(NameId id, const Names& names);

    private:
        const std::string m_text;
        std::vector<std::int8_t> m_known; ///< By number: -1 no, 1 yes, 0 not looked up yet.
    };

    JournalStream(Runtime& runtime, const Journal& journal, std::string run, JournalQuery query, JournalReader reader,
                  std::shared_ptr<std::atomic<std::size_t>> streams);
    std::size_t readSome(std::string& out);
    bool lets(const Entry& entry);
    void appendGap(std::string& out, std::uint64_t from, std::uint64_t to);
    void appendId(std::string& out, std::uint64_t number);

    Runtime& m_runtime;
    const Journal& m_journal;
    const std::string m_run;
    const JournalFilter m_filter;
    NameFilter m_group, m_topic;
    JournalReader m_reader;
    const std::shared_ptr<std::atomic<std::size_t>> m_streams;
    std::string m_first; ///< What is said before any entry.
    std::vector<Entry> m_batch;
    TimePoint m_spoken; ///< When something was said last.
};

} // namespace orderlab
