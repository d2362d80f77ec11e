#include "ui/worlds/simulated_dead_letter_desk.h"

#include "lab/lab.h"
#include "runtime/virtual_runtime.h"
#include "ui/models/format.h"
#include "ui/worlds/worlds.h"

namespace orderlab::ui {

namespace {

constexpr int look_every_ms = 300; ///< While the moment moves.

std::string shortGroup(const std::string& group)
{
    return group.starts_with(stored_group_prefix) ? group.substr(stored_group_prefix.size()) : group;
}

} // namespace

struct SimulatedDeadLetterDesk::Question {
    Scenario scenario;
    std::uint64_t seed = 1;
    std::uint64_t entries = 0; ///< The moment: after so many.
    DeadLetterState state = DeadLetterState::Waiting;
    std::shared_ptr<const std::atomic<bool>> is_given_up;
};

SimulatedDeadLetterDesk::SimulatedDeadLetterDesk(SystemCore& core, Worlds& worlds, const FramePump& frames,
                                                 const Capabilities& capabilities, QObject* parent)
    : DeadLetterDesk(capabilities, parent), m_core(core), m_worlds(worlds), m_frames(frames), m_receiver(core.answers)
{
    m_is_known = true;
    const auto stale = [this] { m_is_stale = true; };
    connect(&worlds, &Worlds::changed, this, stale);
    connect(&frames, &FramePump::momentChanged, this, stale);
}

SimulatedDeadLetterDesk::~SimulatedDeadLetterDesk()
{
    *m_is_given_up = true;
}

void SimulatedDeadLetterDesk::setState(DeadLetterState state)
{
    DeadLetterDesk::setState(state);
    m_is_stale = true;
    m_since_look.invalidate();
}

Task<void> SimulatedDeadLetterDesk::look(SimulatedDeadLetterDesk& desk, std::shared_ptr<const Question> question,
                                         Answers::Reply reply)
{
    auto looked = std::make_shared<Looked>();
    SimulationOptions options;
    options.hash = false;
    options.give_up = [question] { return question->is_given_up->load(); };
    options.stop_after_entries = question->entries;
    options.at_stop = [&looked, &question](Lab& lab, VirtualRuntime& runtime) {
        DeadLetterQuery query;
        query.filter.state = question->state;
        query.limit = letters_max;
        if (auto page = runtime.run(lab.deadLetters().list(query)))
            looked->letters = std::move(page->letters);
        DeadLetterFilter shown, waiting;
        shown.state = question->state;
        waiting.state = DeadLetterState::Waiting;
        if (auto causes = runtime.run(lab.deadLetters().causes(shown)))
            looked->causes = std::move(*causes);
        if (auto waits = runtime.run(lab.deadLetters().causes(waiting))) {
            for (const DeadLetterCause& cause : *waits)
                looked->waiting += cause.count;
        }
    };
    const auto report = simulate(question->scenario, question->seed, options);
    if (!report)
        looked->problem = QString::fromStdString(report.error().message);
    reply.answer([&desk, looked] { desk.take(*looked); });
    co_return;
}

void SimulatedDeadLetterDesk::take(const Looked& looked)
{
    m_is_looking = false;
    m_letters = looked.letters;
    m_causes = looked.causes;
    m_waiting = looked.waiting;
    m_problem = looked.problem;
    Q_EMIT changed();
}

void SimulatedDeadLetterDesk::follow(std::span<const Entry>, bool is_running)
{
    const bool is_due = !m_since_look.isValid() || m_since_look.hasExpired(look_every_ms);
    if (!is_running || !m_is_stale || m_is_looking || !is_due)
        return;
    m_is_stale = false;
    // Nothing was given up yet: there is nothing to look for.
    bool has_any = false;
    for (const GroupState& group : m_frames.world().groups())
        has_any = has_any || group.dead_letters > 0;
    if (!has_any) {
        if (m_waiting != 0 || !m_letters.empty() || !m_causes.empty())
            take({});
        return;
    }
    if (auto reply = m_receiver.ask()) {
        m_is_looking = true;
        m_since_look.start();
        const World& world = m_worlds.shown();
        auto question = std::make_shared<const Question>(
            Question{world.scenario, world.seed, m_frames.index(), m_state, m_is_given_up});
        m_core.tasks.spawn(look(*this, std::move(question), std::move(*reply)));
    }
}

std::vector<const DeadLetter*> SimulatedDeadLetterDesk::chosen(const LetterChoice& choice) const
{
    std::vector<const DeadLetter*> letters;
    for (const DeadLetter& letter : m_letters) {
        const bool is_chosen = choice.id ? letter.id == *choice.id : choice.filter.matches(letter);
        if (is_chosen && letter.state == DeadLetterState::Waiting)
            letters.push_back(&letter);
    }
    return letters;
}

quint64 SimulatedDeadLetterDesk::askForecast(const LetterChoice& choice)
{
    const quint64 number = nextForecast();
    DeadLetterForecast forecast;
    forecast.to_replay = forecast.run_again = std::int64_t(chosen(choice).size());
    QMetaObject::invokeMethod(
        this, [this, number, forecast] { Q_EMIT forecastReady(number, forecast); }, Qt::QueuedConnection);
    return number;
}

bool SimulatedDeadLetterDesk::replay(const LetterChoice& choice, std::int64_t total, const QString& data, double)
{
    std::vector<Change::Setting> settings;
    for (const DeadLetter* const letter : chosen(choice))
        settings.emplace_back(ReplayDeadLetter{shortGroup(letter->group), letter->event.id, data.toStdString()});
    return change(std::move(settings), total);
}

bool SimulatedDeadLetterDesk::replayEdited(std::vector<LetterEdit> edits, double)
{
    std::vector<Change::Setting> settings;
    for (const LetterEdit& edit : edits) {
        LetterChoice one;
        one.id = edit.id;
        for (const DeadLetter* const letter : chosen(one))
            settings.emplace_back(
                ReplayDeadLetter{shortGroup(letter->group), letter->event.id, edit.data.toStdString()});
    }
    return change(std::move(settings), std::int64_t(edits.size()));
}

/// All at the moment shown: a change has no rate.
bool SimulatedDeadLetterDesk::change(std::vector<Change::Setting> settings, std::int64_t total)
{
    ReplayNews news;
    news.total = total;
    news.replayed = std::int64_t(settings.size());
    news.skipped = std::max<std::int64_t>(0, total - news.replayed);
    news.is_finished = true;
    if (!settings.empty())
        m_worlds.change(std::move(settings), tr("replay %1 dead letters").arg(news.replayed));
    QMetaObject::invokeMethod(
        this, [this, news] { Q_EMIT replayNews(news); }, Qt::QueuedConnection);
    return true;
}

void SimulatedDeadLetterDesk::discard(const Uuid& id, const QString& reason)
{
    LetterChoice choice;
    choice.id = id;
    for (const DeadLetter* const letter : chosen(choice))
        m_worlds.change(DiscardDeadLetter{shortGroup(letter->group), letter->event.id, reason.toStdString()},
                        tr("discard a dead letter"));
    QMetaObject::invokeMethod(
        this, [this] { Q_EMIT discardEnded({}); }, Qt::QueuedConnection);
}

} // namespace orderlab::ui
