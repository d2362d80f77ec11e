#include "ui/bridge/lab_dead_letter_desk.h"

#include "ui/models/format.h"

#include <algorithm>

namespace orderlab::ui {

namespace {

constexpr int look_every_ms = 300;
constexpr int look_after_problem_ms = 2'000;
constexpr double replay_step_s = 0.2;
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

/// After so many letters.
Duration pauseOf(std::int64_t letters, double rate_per_s)
{
    return Duration{std::int64_t(double(letters) * 1e6 / rate_per_s)};
}

bool changesLetters(const Entry& entry)
{
    return entry.kind == EntryKind::DeadLettered || entry.kind == EntryKind::DeadLetterReplayed
           || entry.kind == EntryKind::DeadLetterDiscarded;
}

} // namespace

struct LabDeadLetterDesk::Looked {
    DeadLetterState state = DeadLetterState::Waiting;
    std::vector<DeadLetter> letters = {};
    std::vector<DeadLetterCause> causes = {};
    std::int64_t waiting = 0;
    QString problem = {};
};

LabDeadLetterDesk::LabDeadLetterDesk(LabCore& core, const Capabilities& capabilities, QObject* parent)
    : DeadLetterDesk(capabilities, parent), m_core(core), m_receiver(core.answers),
      m_progress(m_receiver, [this](const ReplayNews& news) {
          m_is_replaying = !news.is_finished;
          m_is_stale = true;
          Q_EMIT replayNews(news);
      })
{}

LabDeadLetterDesk::~LabDeadLetterDesk()
{
    stopReplay();
}

Task<void> LabDeadLetterDesk::look(Lab& lab, LabDeadLetterDesk& desk, DeadLetterState state, Answers::Reply reply)
{
    Looked looked;
    looked.state = state;
    DeadLetterQuery query;
    query.filter.state = state;
    query.limit = letters_max;
    auto page = co_await lab.deadLetters().list(std::move(query));
    if (page)
        looked.letters = std::move(page->letters);
    else
        looked.problem = sentenceOf(page.error());
    DeadLetterFilter shown, waiting;
    shown.state = state;
    waiting.state = DeadLetterState::Waiting;
    auto causes = co_await lab.deadLetters().causes(std::move(shown));
    auto waits = co_await lab.deadLetters().causes(std::move(waiting));
    if (causes && waits) {
        looked.causes = std::move(*causes);
        for (const DeadLetterCause& cause : *waits)
            looked.waiting += cause.count;
    } else {
        looked.problem = sentenceOf(causes ? waits.error() : causes.error());
    }
    reply.answer([&desk, looked = std::make_shared<const Looked>(std::move(looked))] { desk.takeLook(*looked); });
}

Task<void> LabDeadLetterDesk::foresee(Lab& lab, LabDeadLetterDesk& desk, LetterChoice choice, quint64 number,
                                      Answers::Reply reply)
{
    DeadLetterForecast forecast;
    QString problem;
    if (choice.id) {
        const auto one = co_await lab.deadLetters().forecast(*choice.id);
        if (one)
            forecast = *one;
        else
            problem = sentenceOf(one.error());
    } else {
        const auto all = co_await lab.deadLetters().forecast(std::move(choice.filter));
        if (all)
            forecast = *all;
        else
            problem = sentenceOf(all.error());
    }
    reply.answer([&desk, number, forecast, problem] {
        if (problem.isEmpty())
            Q_EMIT desk.forecastReady(number, forecast);
        else
            Q_EMIT desk.forecastFailed(number, problem);
    });
}

Task<void> LabDeadLetterDesk::replayOne(Lab& lab, Progress progress, Uuid id, std::string data)
{
    DeadLetterDecision decision = decisionOf();
    const auto replayed = co_await lab.deadLetters().replay(id, std::move(decision), std::move(data));
    ReplayNews news;
    news.total = 1;
    news.replayed = replayed ? 1 : 0;
    news.is_finished = true;
    if (!replayed)
        news.problem = sentenceOf(replayed.error());
    progress.tell(news);
}

/// In short steps, so that it can be stopped soon however slow it is.
Task<void> LabDeadLetterDesk::waitUntil(Lab& lab, Stop stop, TimePoint due)
{
    constexpr Duration step = std::chrono::milliseconds{100};
    while (!*stop && lab.runtime().now() < due) {
        const Duration pause = std::min(step, due - lab.runtime().now());
        co_await lab.runtime().sleep(pause);
    }
}

Task<void> LabDeadLetterDesk::replayEach(Lab& lab, Progress progress, Stop stop, std::vector<LetterEdit> edits,
                                         double rate_per_s)
{
    const TimePoint began = lab.runtime().now();
    ReplayNews news;
    news.total = std::int64_t(edits.size());
    for (std::size_t i = 0; i < edits.size(); ++i) {
        co_await waitUntil(lab, stop, began + pauseOf(std::int64_t(i), rate_per_s));
        news.is_stopped = *stop;
        if (news.is_stopped)
            break;
        DeadLetterDecision decision = decisionOf();
        std::string data = edits[i].data.toStdString();
        const auto replayed = co_await lab.deadLetters().replay(edits[i].id, std::move(decision), std::move(data));
        const bool is_decided =
            !replayed
            && (replayed.error().code == ErrorCode::NotFound || replayed.error().code == ErrorCode::IllegalTransition);
        news.replayed += replayed.has_value();
        news.skipped += is_decided;
        if (!replayed && !is_decided) {
            news.problem = sentenceOf(replayed.error());
            break;
        }
        progress.tell(news);
    }
    news.is_finished = true;
    progress.tell(news);
}

Task<void> LabDeadLetterDesk::replayMany(Lab& lab, Progress progress, Stop stop, DeadLetterFilter filter,
                                         std::int64_t total, double rate_per_s)
{
    const TimePoint began = lab.runtime().now();
    // What fails again meanwhile has been given up later than this, and waits for the next decision.
    filter.given_up_before = lab.runtime().now();
    ReplayLimits limits;
    limits.rate_per_s = rate_per_s;
    limits.letters_max = std::size_t(std::clamp(rate_per_s * replay_step_s, 1.0, double(replay_step)));
    ReplayNews news;
    news.total = total;
    for (;;) {
        news.is_stopped = *stop;
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
        progress.tell(news);
        co_await waitUntil(lab, stop, began + pauseOf(news.replayed, rate_per_s));
    }
    news.is_finished = true;
    progress.tell(news);
}

Task<void> LabDeadLetterDesk::throwAway(Lab& lab, LabDeadLetterDesk& desk, Uuid id, std::string reason,
                                        Answers::Reply reply)
{
    DeadLetterDecision decision = decisionOf(std::move(reason));
    const auto discarded = co_await lab.deadLetters().discard(id, std::move(decision));
    reply.answer([&desk, problem = discarded ? QString() : sentenceOf(discarded.error())] {
        desk.m_is_stale = true;
        Q_EMIT desk.discardEnded(problem);
    });
}

void LabDeadLetterDesk::setState(DeadLetterState state)
{
    if (state == m_state)
        return;
    m_state = state;
    m_is_stale = true;
    m_since_look.invalidate();
}

quint64 LabDeadLetterDesk::askForecast(const LetterChoice& choice)
{
    const quint64 number = nextForecast();
    if (auto reply = m_receiver.ask())
        m_core.tasks.spawn(foresee(m_core.lab, *this, choice, number, std::move(*reply)));
    else
        refuseForecast(number, tooManyQuestions());
    return number;
}

bool LabDeadLetterDesk::replayEdited(std::vector<LetterEdit> edits, double rate_per_s)
{
    if (m_is_replaying || edits.empty())
        return false;
    m_is_replaying = true;
    *m_stop = false;
    m_core.tasks.spawn(replayEach(m_core.lab, m_progress, m_stop, std::move(edits),
                                  std::clamp(rate_per_s, replay_rate_min, replay_rate_max)));
    return true;
}

bool LabDeadLetterDesk::replay(const LetterChoice& choice, std::int64_t total, const QString& data, double rate_per_s)
{
    if (m_is_replaying)
        return false;
    m_is_replaying = true;
    *m_stop = false;
    if (choice.id)
        m_core.tasks.spawn(replayOne(m_core.lab, m_progress, *choice.id, data.toStdString()));
    else
        m_core.tasks.spawn(replayMany(m_core.lab, m_progress, m_stop, choice.filter, total,
                                      std::clamp(rate_per_s, replay_rate_min, replay_rate_max)));
    return true;
}

void LabDeadLetterDesk::stopReplay()
{
    *m_stop = true;
}

void LabDeadLetterDesk::discard(const Uuid& id, const QString& reason)
{
    if (auto reply = m_receiver.ask())
        m_core.tasks.spawn(throwAway(m_core.lab, *this, id, reason.toStdString(), std::move(*reply)));
    else
        Q_EMIT discardEnded(tooManyQuestions());
}

void LabDeadLetterDesk::follow(std::span<const Entry> fresh, bool is_running)
{
    m_is_stale = m_is_stale || std::any_of(fresh.begin(), fresh.end(), changesLetters);
    const int pause_ms = m_problem.isEmpty() ? look_every_ms : look_after_problem_ms;
    const bool is_due = !m_since_look.isValid() || m_since_look.hasExpired(pause_ms);
    if (!is_running || m_is_looking || !m_is_stale || !is_due)
        return;
    if (auto reply = m_receiver.ask()) {
        m_is_looking = true;
        m_is_stale = false;
        m_since_look.start();
        m_core.tasks.spawn(look(m_core.lab, *this, m_state, std::move(*reply)));
    }
}

void LabDeadLetterDesk::takeLook(const Looked& looked)
{
    m_is_looking = false;
    m_problem = looked.problem;
    if (m_problem.isEmpty() && looked.state == m_state) {
        m_is_known = true;
        m_letters = looked.letters;
        m_causes = looked.causes;
        m_waiting = looked.waiting;
    } else {
        m_is_stale = true;
    }
    Q_EMIT changed();
}

} // namespace orderlab::ui
