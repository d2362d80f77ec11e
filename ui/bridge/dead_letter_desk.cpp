#include "ui/bridge/dead_letter_desk.h"

#include "ui/models/format.h"

#include <algorithm>
#include <mutex>

namespace orderlab::ui {

namespace {

constexpr int look_every_ms = 300;
constexpr int look_after_problem_ms = 2'000;
constexpr std::size_t replay_step = 20; ///< So many at a time, so that there is progress to tell, and a way to stop.

QString sentenceOf(const Error& error)
{
    QString text = toQt(error.field.empty() ? error.message : error.field + ' ' + error.message);
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text.isEmpty() || text.endsWith(QLatin1Char('.')) ? text : text + QLatin1Char('.');
}

DeadLetterDecision decisionOf(std::string reason = {})
{
    const QString user = qEnvironmentVariable("USER");
    return {"desktop " + (user.isEmpty() ? std::string("somebody") : user.left(80).toStdString()), std::move(reason)};
}

bool changesLetters(const Entry& entry)
{
    return entry.kind == EntryKind::DeadLettered || entry.kind == EntryKind::DeadLetterReplayed
           || entry.kind == EntryKind::DeadLetterDiscarded;
}

} // namespace

struct DeadLetterDesk::Answer {
    enum class Kind : std::uint8_t { Looked, Forecast, Replay, Discard } kind = Kind::Looked;
    quint64 number = 0;
    DeadLetterState state = DeadLetterState::Waiting;
    std::vector<DeadLetter> letters = {};
    std::vector<DeadLetterCause> causes = {};
    std::int64_t waiting = 0;
    DeadLetterForecast forecast = {};
    ReplayNews news = {};
    QString problem = {};
};

struct DeadLetterDesk::Shared {
    static constexpr std::size_t answers_max = 1'000;
    std::mutex mutex;
    std::vector<Answer> answers; ///< Under the mutex.
    std::atomic<bool> stop{false};

    void put(Answer answer)
    {
        const std::lock_guard lock(mutex);
        if (answers.size() < answers_max)
            answers.push_back(std::move(answer));
    }
    void tell(const ReplayNews& news)
    {
        Answer answer;
        answer.kind = Answer::Kind::Replay;
        answer.news = news;
        put(std::move(answer));
    }
};

DeadLetterDesk::DeadLetterDesk(Lab& lab, TaskGroup& tasks, QObject* parent)
    : QObject(parent), m_lab(lab), m_tasks(tasks), m_shared(std::make_shared<Shared>())
{
}

DeadLetterDesk::~DeadLetterDesk() { stopReplay(); }

Task<void> DeadLetterDesk::look(std::shared_ptr<Shared> shared, Lab& lab, DeadLetterState state)
{
    Answer answer;
    answer.state = state;
    DeadLetterQuery query;
    query.filter.state = state;
    query.limit = letters_max;
    auto page = co_await lab.deadLetters().list(std::move(query));
    if (page)
        answer.letters = std::move(page->letters);
    else
        answer.problem = sentenceOf(page.error());
    DeadLetterFilter shown, waiting;
    shown.state = state;
    waiting.state = DeadLetterState::Waiting;
    auto causes = co_await lab.deadLetters().causes(std::move(shown));
    auto waits = co_await lab.deadLetters().causes(std::move(waiting));
    if (causes && waits) {
        answer.causes = std::move(*causes);
        for (const DeadLetterCause& cause : *waits)
            answer.waiting += cause.count;
    } else {
        answer.problem = sentenceOf(causes ? waits.error() : causes.error());
    }
    shared->put(std::move(answer));
}

Task<void> DeadLetterDesk::foresee(std::shared_ptr<Shared> shared, Lab& lab, LetterChoice choice, quint64 number)
{
    Answer answer;
    answer.kind = Answer::Kind::Forecast;
    answer.number = number;
    if (choice.id) {
        const auto one = co_await lab.deadLetters().forecast(*choice.id);
        if (one)
            answer.forecast = *one;
        else
            answer.problem = sentenceOf(one.error());
    } else {
        const auto all = co_await lab.deadLetters().forecast(std::move(choice.filter));
        if (all)
            answer.forecast = *all;
        else
            answer.problem = sentenceOf(all.error());
    }
    shared->put(std::move(answer));
}

Task<void> DeadLetterDesk::replayOne(std::shared_ptr<Shared> shared, Lab& lab, Uuid id, std::string data)
{
    DeadLetterDecision decision = decisionOf();
    const auto replayed = co_await lab.deadLetters().replay(id, std::move(decision), std::move(data));
    ReplayNews news;
    news.total = 1;
    news.replayed = replayed ? 1 : 0;
    news.is_finished = true;
    if (!replayed)
        news.problem = sentenceOf(replayed.error());
    shared->tell(news);
}

Task<void> DeadLetterDesk::replayMany(std::shared_ptr<Shared> shared, Lab& lab, DeadLetterFilter filter, std::int64_t total)
{
    // What fails again meanwhile has been given up later than this, and waits for the next decision.
    filter.given_up_before = lab.runtime().now();
    ReplayLimits limits;
    limits.letters_max = replay_step;
    ReplayNews news;
    news.total = total;
    for (;;) {
        news.is_stopped = shared->stop;
        if (news.is_stopped)
            break;
        DeadLetterDecision decision = decisionOf();
        const auto report = co_await lab.deadLetters().replayAll(filter, std::move(decision), limits);
        if (!report) {
            news.problem = sentenceOf(report.error());
            break;
        }
        news.replayed += report->replayed;
        news.skipped += report->skipped;
        if (report->failure)
            news.problem = sentenceOf(*report->failure);
        if (report->failure || report->remaining == 0 || report->replayed + report->skipped == 0)
            break;
        shared->tell(news);
    }
    news.is_finished = true;
    shared->tell(news);
}

Task<void> DeadLetterDesk::throwAway(std::shared_ptr<Shared> shared, Lab& lab, Uuid id, std::string reason)
{
    DeadLetterDecision decision = decisionOf(std::move(reason));
    const auto discarded = co_await lab.deadLetters().discard(id, std::move(decision));
    Answer answer;
    answer.kind = Answer::Kind::Discard;
    if (!discarded)
        answer.problem = sentenceOf(discarded.error());
    shared->put(std::move(answer));
}

void DeadLetterDesk::setState(DeadLetterState state)
{
    if (state == m_state)
        return;
    m_state = state;
    m_is_stale = true;
    m_since_look.invalidate();
}

quint64 DeadLetterDesk::askForecast(const LetterChoice& choice)
{
    m_tasks.spawn(foresee(m_shared, m_lab, choice, ++m_forecasts));
    return m_forecasts;
}

bool DeadLetterDesk::replay(const LetterChoice& choice, std::int64_t total, const QString& data)
{
    if (m_is_replaying)
        return false;
    m_is_replaying = true;
    m_shared->stop = false;
    if (choice.id)
        m_tasks.spawn(replayOne(m_shared, m_lab, *choice.id, data.toStdString()));
    else
        m_tasks.spawn(replayMany(m_shared, m_lab, choice.filter, total));
    return true;
}

void DeadLetterDesk::stopReplay() { m_shared->stop = true; }

void DeadLetterDesk::discard(const Uuid& id, const QString& reason)
{
    m_tasks.spawn(throwAway(m_shared, m_lab, id, reason.toStdString()));
}

void DeadLetterDesk::follow(std::span<const Entry> fresh, bool is_running)
{
    m_is_stale = m_is_stale || std::any_of(fresh.begin(), fresh.end(), changesLetters);
    std::vector<Answer> answers;
    {
        const std::lock_guard lock(m_shared->mutex);
        answers.swap(m_shared->answers);
    }
    for (Answer& answer : answers)
        take(answer);
    const int pause_ms = m_problem.isEmpty() ? look_every_ms : look_after_problem_ms;
    const bool is_due = !m_since_look.isValid() || m_since_look.hasExpired(pause_ms);
    if (!is_running || m_is_looking || !m_is_stale || !is_due)
        return;
    m_is_looking = true;
    m_is_stale = false;
    m_since_look.start();
    m_tasks.spawn(look(m_shared, m_lab, m_state));
}

void DeadLetterDesk::take(Answer& answer)
{
    switch (answer.kind) {
    case Answer::Kind::Looked:
        m_is_looking = false;
        m_problem = answer.problem;
        if (m_problem.isEmpty() && answer.state == m_state) {
            m_is_known = true;
            m_letters = std::move(answer.letters);
            m_causes = std::move(answer.causes);
            m_waiting = answer.waiting;
        } else {
            m_is_stale = true;
        }
        Q_EMIT changed();
        break;
    case Answer::Kind::Forecast:
        if (answer.problem.isEmpty())
            Q_EMIT forecastReady(answer.number, answer.forecast);
        else
            Q_EMIT forecastFailed(answer.number, answer.problem);
        break;
    case Answer::Kind::Replay:
        m_is_replaying = !answer.news.is_finished;
        m_is_stale = true;
        Q_EMIT replayNews(answer.news);
        break;
    case Answer::Kind::Discard:
        m_is_stale = true;
        Q_EMIT discardEnded(answer.problem);
        break;
    }
}

} // namespace orderlab::ui
