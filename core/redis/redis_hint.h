#pragma once
#include "base/mutex.h"
#include "journal/journal.h"
#include "redis/redis_connection.h"
#include "redis/redis_counts.h"
#include "runtime/task_group.h"
#include "store/first_look.h"

#include <array>
#include <deque>

namespace orderlab {

/// First looks into Redis. Any thread; one connection, which a coroutine of its own uses, for all.
///
/// When Redis does not answer within RedisOptions::look_limit, is slow on average (slow_limit), answers nonsense or
/// refuses, it is away for a while: looks are Unknown at once, and a probe (a new connection and one look) finds out
/// when it is back. Journal: RedisAway, RedisBack, and each second RedisLooked for the looks since.
///
/// start(), then stop(), which waits for nobody else. Bounded: questions_max looks wait at most, further ones are
/// Unknown; remembered_max names wait to be written, further ones are dropped. In Redis everything has a time to live.
class RedisHint final : public FirstLook {
public:
    static constexpr std::size_t questions_max = 256;        ///< More than lanes and clients that ask at once.
    static constexpr std::size_t remembered_max = 8'192;     ///< Some hundred bytes each; a tenth of a second's events.
    static constexpr Duration tick{std::chrono::seconds{1}}; ///< An idle connection is tried so often.

    struct State {
        bool is_open = false;
        TimePoint since;    ///< When `is_open` last changed.
        std::string reason; ///< Why not; empty while it is.
    };

    /// `identity` names the database whose rows are remembered, so that two installations share no names: at most 64
    /// printable characters.
    RedisHint(Runtime& runtime, Journal& journal, RedisOptions options, std::string identity);
    ~RedisHint() override;

    void start();
    Task<void> stop();

    Task<Sight> look(LookFor what, std::vector<std::string> names) override;
    void remember(LookFor what, std::vector<std::string> names) override;
    void tell(LookFor what, LookMistake mistake) override;

    State state() const;
    RedisCounts counts() const;

private:
    struct Question;
    struct Batch;
    struct Counters {
        std::atomic<std::uint64_t> hits{0}, misses{0}, unanswered{0}, forgotten{0}, unconfirmed{0}, remembered{0},
            dropped{0};
    };
    struct Name {
        std::string key;
        LookFor what;
    };

    std::string keyOf(LookFor what, std::string_view name) const;
    Task<void> run();
    Task<void> tickOn();
    Task<Result<std::unique_ptr<RedisConnection>>> probe();
    Task<Result<std::unique_ptr<RedisConnection>>> probeNow();
    Task<Error> serve(RedisConnection& connection);
    bool isSlow(Duration& mean, Duration took) const;
    Task<Batch> nextBatch();
    Task<Result<void>> exchange(RedisConnection& connection, Batch& batch);
    Result<void> takeReplies(const std::vector<RedisReply>& replies, Batch& batch);
    void answer(Question& question, Sight sight);
    void setOpen();
    void setAway(const std::string& reason);
    void tellLooks();
    void record(EntryKind kind, std::string_view detail, std::int32_t value = 0);

    Runtime& m_runtime;
    Journal& m_journal;
    const RedisOptions m_options;
    const std::string m_prefix;
    Counters m_counters;
    mutable Mutex m_mutex;
    State m_state ORDERLAB_GUARDED_BY(m_mutex);
    bool m_is_told ORDERLAB_GUARDED_BY(m_mutex) = false; ///< The journal knows that it is away.
    std::deque<std::shared_ptr<Question>> m_questions ORDERLAB_GUARDED_BY(m_mutex);
    std::vector<Name> m_names ORDERLAB_GUARDED_BY(m_mutex); ///< To be remembered.
    bool m_tick_is_due ORDERLAB_GUARDED_BY(m_mutex) = false;
    bool m_is_checking ORDERLAB_GUARDED_BY(m_mutex) = false; ///< An idle connection is tried: nobody waits for that.
    Notifier m_work;
    RedisCounts m_told;           ///< What the journal knows; the ticking coroutine's.
    std::uint64_t m_seen_looks{}; ///< At the last tick; likewise.
    TaskGroup m_running;
};

} // namespace orderlab
