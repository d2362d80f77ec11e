#include "redis/redis_hint.h"

#include "runtime/with_timeout.h"

#include <algorithm>

namespace orderlab {

/// `sight` and `is_answered` are guarded by the hint's mutex, which Clang cannot follow.
struct RedisHint::Question {
    std::vector<std::string> keys;
    Sight sight = Sight::Unknown;
    bool is_answered = false;
    Notifier answered;
};

/// What goes to Redis together. However it ends, every question is answered.
struct RedisHint::Batch {
    explicit Batch(RedisHint& h) : hint(&h) {}
    Batch(Batch&& other) noexcept
        : hint(std::exchange(other.hint, nullptr)), questions(std::move(other.questions)),
          names(std::move(other.names)), is_check(other.is_check)
    {}
    Batch& operator=(Batch&&) = delete;
    ~Batch()
    {
        if (!hint)
            return;
        for (const auto& question : questions)
            hint->answer(*question, Sight::Unknown);
        hint->m_counters.dropped += names.size();
    }

    RedisHint* hint;
    std::vector<std::shared_ptr<Question>> questions;
    std::vector<Name> names;
    bool is_check = false;
};

namespace {

constexpr std::size_t names_a_batch_max = 2'048;
constexpr std::size_t names_beside_questions_max = 256; ///< A question waits until they are written, too.

Error redisMisfit(const RedisReply& reply)
{
    if (reply.kind == RedisReply::Kind::Error)
        return unavailable("Redis refuses to look: " + redisWords(reply.text));
    return corruptError("redis", "Redis: what it sent is no answer to a look");
}

/// An answer to EXISTS of one name. What counts more is no Redis, and would be away again with the first look.
bool tellsWhetherOneIsThere(const RedisReply& reply)
{
    return reply.kind == RedisReply::Kind::Integer && reply.number >= 0 && reply.number <= 1;
}

} // namespace

RedisHint::RedisHint(Runtime& runtime, Journal& journal, RedisOptions options, std::string identity)
    : m_runtime(runtime), m_journal(journal), m_options(std::move(options)),
      m_prefix("orderlab:" + std::move(identity) + ':'), m_running(runtime)
{
    m_state = {false, runtime.now(), "not connected yet"};
}

RedisHint::~RedisHint() = default;

std::string RedisHint::keyOf(LookFor what, std::string_view name) const
{
    return m_prefix + (what == LookFor::HandledEvent ? "event:" : "key:") + std::string(name);
}

void RedisHint::start()
{
    m_running.spawn(run());
    m_running.spawn(tickOn());
}

Task<void> RedisHint::stop()
{
    m_running.cancel();
    co_await m_running.join();
    {
        const MutexLock lock(m_mutex);
        m_state = {false, m_runtime.now(), "stopped"};
        m_counters.dropped += m_names.size();
        m_names.clear();
        for (const auto& question : std::exchange(m_questions, {})) {
            question->is_answered = true;
            question->answered.notifyAll();
        }
    }
    tellLooks();
}

Task<Sight> RedisHint::look(LookFor what, std::vector<std::string> names)
{
    const auto question = std::make_shared<Question>();
    question->keys.reserve(names.size());
    for (const std::string& name : names)
        question->keys.push_back(keyOf(what, name));
    {
        const MutexLock lock(m_mutex);
        const bool can_ask = m_state.is_open && !m_is_checking && m_questions.size() < questions_max && !names.empty()
                             && names.size() <= names_max;
        if (can_ask)
            m_questions.push_back(question);
        else
            question->is_answered = true;
    }
    m_work.notifyOne();
    Sight sight = Sight::Unknown;
    for (;;) {
        MutexLock lock(m_mutex);
        if (question->is_answered) {
            sight = question->sight;
            break;
        }
        co_await question->answered.wait(lock);
    }
    switch (sight) {
    case Sight::Seen: ++m_counters.hits; break;
    case Sight::NotSeen: ++m_counters.misses; break;
    case Sight::Unknown: ++m_counters.unanswered; break;
    }
    co_return sight;
}

void RedisHint::remember(LookFor what, std::vector<std::string> names)
{
    std::size_t dropped = 0;
    {
        const MutexLock lock(m_mutex);
        for (const std::string& name : names) {
            if (m_state.is_open && m_names.size() < remembered_max)
                m_names.push_back({keyOf(what, name), what});
            else
                ++dropped;
        }
    }
    m_counters.dropped += dropped;
    m_work.notifyOne();
}

void RedisHint::tell(LookFor, LookMistake mistake)
{
    ++(mistake == LookMistake::Forgotten ? m_counters.forgotten : m_counters.unconfirmed);
}

RedisHint::State RedisHint::state() const
{
    const MutexLock lock(m_mutex);
    return m_state;
}

RedisCounts RedisHint::counts() const
{
    const Counters& now = m_counters;
    return {now.hits, now.misses, now.unanswered, now.forgotten, now.unconfirmed, now.remembered, now.dropped};
}

/// Connects, and serves until that fails, again and again.
Task<void> RedisHint::run()
{
    Duration pause = m_options.pause;
    for (;;) {
        const auto connection = co_await probe();
        if (connection) {
            setOpen();
            const TimePoint opened = m_runtime.now();
            const Error lost = co_await serve(**connection);
            if (m_runtime.now() - opened
                >= m_options.pause_max) // Else it comes and goes, and is left alone for longer.
                pause = m_options.pause;
            if (lost.code == ErrorCode::Canceled)
                co_return;
            setAway(lost.message);
        } else {
            if (isCanceled(connection))
                co_return;
            setAway(connection.error().message);
        }
        co_await m_runtime.sleep(pause);
        pause = std::min(pause * 2, m_options.pause_max);
    }
}

Task<Result<std::unique_ptr<RedisConnection>>> RedisHint::probe()
{
    auto probing = probeNow();
    auto connection = co_await withTimeout<std::unique_ptr<RedisConnection>>(m_runtime, m_options.probe_limit,
                                                                             "connecting to Redis", std::move(probing));
    co_return connection;
}

Task<Result<std::unique_ptr<RedisConnection>>> RedisHint::probeNow()
{
    auto connection = co_await RedisConnection::open(m_options);
    if (!connection)
        co_return connection;
    std::vector<RedisCommand> look;
    look.push_back({"EXISTS", m_prefix + "probe"});
    const auto replies = co_await (*connection)->run(std::move(look));
    if (!replies)
        co_return replies.error();
    if (!tellsWhetherOneIsThere(replies->front()))
        co_return redisMisfit(replies->front());
    co_return connection;
}

/// Returns why it ended.
Task<Error> RedisHint::serve(RedisConnection& connection)
{
    Duration mean{0};
    for (;;) {
        Batch batch = co_await nextBatch();
        auto exchanging = exchange(connection, batch);
        const bool is_looked_for = !batch.questions.empty();
        const Duration limit = batch.is_check ? m_options.probe_limit : m_options.look_limit;
        const TimePoint begun = m_runtime.now();
        const auto done = co_await withTimeout<void>(m_runtime, limit, "Redis", std::move(exchanging));
        if (!done)
            co_return done.error();
        if (is_looked_for && isSlow(mean, m_runtime.now() - begun))
            co_return unavailable("Redis is slow: a look takes " + std::to_string(mean.count() / 1'000)
                                  + " ms on average");
    }
}

/// `mean` moves by an eighth towards the latest look, so that one that the machine has held up is forgiven.
bool RedisHint::isSlow(Duration& mean, Duration took) const
{
    mean += (took - mean) / 8;
    return mean > m_options.slow_limit;
}

Task<RedisHint::Batch> RedisHint::nextBatch()
{
    for (;;) {
        MutexLock lock(m_mutex);
        m_is_checking = false;
        if (m_questions.empty() && m_names.empty() && !m_tick_is_due) {
            co_await m_work.wait(lock);
            continue;
        }
        Batch batch(*this);
        batch.questions.assign(m_questions.begin(), m_questions.end());
        m_questions.clear();
        const std::size_t count =
            std::min(m_names.size(), batch.questions.empty() ? names_a_batch_max : names_beside_questions_max);
        const auto end = m_names.begin() + std::ptrdiff_t(count);
        batch.names.assign(std::make_move_iterator(m_names.begin()), std::make_move_iterator(end));
        m_names.erase(m_names.begin(), end);
        batch.is_check = batch.questions.empty() && batch.names.empty();
        m_is_checking = batch.is_check;
        m_tick_is_due = false;
        co_return batch;
    }
}

Task<Result<void>> RedisHint::exchange(RedisConnection& connection, Batch& batch)
{
    std::vector<RedisCommand> commands;
    commands.reserve(batch.questions.size() + batch.names.size() + 1);
    for (const auto& question : batch.questions) {
        RedisCommand command{"EXISTS"};
        command.insert(command.end(), question->keys.begin(), question->keys.end());
        commands.push_back(std::move(command));
    }
    const auto milliseconds = [](Duration span) {
        return std::to_string(std::max<std::int64_t>(span.count() / 1'000, 1));
    };
    const std::string lives[look_for_count] = {milliseconds(m_options.keep_handled), milliseconds(m_options.keep_keys)};
    for (const Name& name : batch.names)
        commands.push_back({"SET", name.key, "1", "PX", lives[std::size_t(name.what)]});
    if (batch.is_check)
        commands.push_back({"EXISTS", m_prefix + "probe"});
    const auto replies = co_await connection.run(std::move(commands));
    if (!replies)
        co_return replies.error();
    co_return takeReplies(*replies, batch);
}

Result<void> RedisHint::takeReplies(const std::vector<RedisReply>& replies, Batch& batch)
{
    std::size_t at = 0;
    for (const auto& question : batch.questions) {
        const RedisReply& reply = replies[at++];
        if (reply.kind != RedisReply::Kind::Integer || reply.number < 0
            || reply.number > std::int64_t(question->keys.size()))
            return redisMisfit(reply);
        answer(*question, reply.number > 0 ? Sight::Seen : Sight::NotSeen);
    }
    batch.questions.clear();
    std::uint64_t taken = 0;
    for (std::size_t i = 0; i < batch.names.size(); ++i) {
        const RedisReply& reply = replies[at++];
        if (reply.kind == RedisReply::Kind::Status)
            ++taken;
        else if (reply.kind != RedisReply::Kind::Error) // Refused: it is full, or reads only. Then it forgets.
            return redisMisfit(reply);
    }
    m_counters.remembered += taken;
    m_counters.dropped += batch.names.size() - taken;
    batch.names.clear();
    if (batch.is_check && !tellsWhetherOneIsThere(replies[at]))
        return redisMisfit(replies[at]);
    return {};
}

void RedisHint::answer(Question& question, Sight sight)
{
    {
        const MutexLock lock(m_mutex);
        if (question.is_answered)
            return;
        question.sight = sight;
        question.is_answered = true;
    }
    question.answered.notifyAll();
}

void RedisHint::setOpen()
{
    bool was_away = false;
    {
        const MutexLock lock(m_mutex);
        m_state = {true, m_runtime.now(), {}};
        was_away = std::exchange(m_is_told, false);
    }
    if (was_away)
        record(EntryKind::RedisBack, {});
}

void RedisHint::setAway(const std::string& reason)
{
    bool is_news = false;
    std::deque<std::shared_ptr<Question>> left;
    {
        const MutexLock lock(m_mutex);
        m_state = {false, m_state.is_open ? m_runtime.now() : m_state.since, reason};
        m_is_checking = false;
        m_counters.dropped += m_names.size();
        m_names.clear();
        left.swap(m_questions);
        is_news = !std::exchange(m_is_told, true);
    }
    for (const auto& question : left)
        answer(*question, Sight::Unknown);
    if (is_news)
        record(EntryKind::RedisAway, reason);
}

Task<void> RedisHint::tickOn()
{
    for (;;) {
        co_await m_runtime.sleep(tick);
        tellLooks();
        const RedisCounts now = counts();
        const std::uint64_t looks = now.hits + now.misses + now.remembered;
        const bool is_idle = std::exchange(m_seen_looks, looks) == looks;
        if (is_idle) {
            const MutexLock lock(m_mutex);
            m_tick_is_due = m_state.is_open;
        }
        m_work.notifyOne();
    }
}

void RedisHint::tellLooks()
{
    const RedisCounts now = counts();
    const std::pair<std::string_view, std::uint64_t> news[] = {{"hit", now.hits - m_told.hits},
                                                               {"miss", now.misses - m_told.misses},
                                                               {"unanswered", now.unanswered - m_told.unanswered},
                                                               {"forgotten", now.forgotten - m_told.forgotten},
                                                               {"unconfirmed", now.unconfirmed - m_told.unconfirmed}};
    m_told = now;
    for (const auto& [name, count] : news) {
        if (count > 0)
            record(EntryKind::RedisLooked, name, std::int32_t(std::min<std::uint64_t>(count, INT32_MAX)));
    }
}

void RedisHint::record(EntryKind kind, std::string_view detail, std::int32_t value)
{
    Entry entry;
    entry.time_us = toMicros(m_runtime.now());
    entry.kind = kind;
    entry.value = value;
    entry.detail = m_journal.names().intern(detail, kind == EntryKind::RedisAway ? NameUse::Text : NameUse::Word);
    m_journal.append(entry);
}

} // namespace orderlab
