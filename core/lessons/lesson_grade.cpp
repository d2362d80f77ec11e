#include "lessons/lesson_grade.h"

#include "journal/query_matcher.h"
#include "journal/story.h"
#include "lessons/lesson_text.h"
#include "runtime/virtual_runtime.h"
#include "simulation/moment_line.h"
#include "simulation/seed_runner.h"

#include <algorithm>

namespace orderlab {

namespace {

Error noAnswer(const std::string& what)
{
    return Error{ErrorCode::Corrupt, Retry::Never, what, {}};
}

std::string settingName(const Change& change)
{
    const std::string text = toString(change.setting);
    return text.substr(0, text.find_first_of("=."));
}

/// Why these changes are not to be made; empty: they are.
std::string forbidden(const Lesson& lesson, const std::vector<Change>& changes)
{
    const ModifyTask& task = *lesson.modify;
    for (const Change& change : changes) {
        const std::string name = settingName(change);
        if (!task.allow.empty() && std::find(task.allow.begin(), task.allow.end(), name) == task.allow.end()) {
            std::string all;
            for (const std::string& one : task.allow)
                all += (all.empty() ? "" : ", ") + one;
            return name + " is not to be changed here; only: " + all;
        }
        if (lesson.drill && change.at < lesson.drill->alert_at)
            return "a repair can only be made after the alert, at " + exactDurationText(lesson.drill->alert_at)
                   + ": say TIME,SETTING";
    }
    return {};
}

Scenario changedWorld(const Lesson& lesson, const std::vector<Change>& changes)
{
    Scenario scenario = lesson.world;
    scenario.changes.insert(scenario.changes.end(), changes.begin(), changes.end());
    scenario.expectation.happens = lesson.modify->happens;
    scenario.expectation.never = lesson.modify->never;
    return scenario;
}

/// What this run fails of the task, in words; empty: nothing.
std::string failureOf(const ModifyTask& task, const SimulationReport& report)
{
    const InvariantOutcome* first = nullptr;
    for (const InvariantOutcome& one : report.invariants) {
        const bool is_asked =
            task.holds.empty() || std::find(task.holds.begin(), task.holds.end(), one.name) != task.holds.end();
        if (is_asked && !one.holds && (!first || one.first->virtual_seconds < first->first->virtual_seconds))
            first = &one;
    }
    if (first)
        return "it breaks " + first->name + ": " + first->first->explanation;
    if (report.never && report.never->hits > 0)
        return "it has " + std::to_string(report.never->hits) + " of what must not happen: " + task.never;
    if (report.happens && report.happens->hits == 0)
        return "it has nothing of what must happen: " + task.happens;
    if (!report.refused.empty())
        return toString(report.refused.front().change.setting) + " could not be done: " + report.refused.front().reason;
    return {};
}

std::string momentOfWorld(const Lesson& lesson, const std::vector<Change>& changes, std::uint64_t seed)
{
    const auto line = MomentLine::of(changedWorld(lesson, changes), seed).print();
    return line ? *line : std::string();
}

} // namespace

bool LessonGrade::isPassed() const
{
    return std::all_of(predictions.begin(), predictions.end(), [](const PredictionGrade& one) { return one.isRight(); })
           && (!puzzle || puzzle->isRight()) && (!task || task->isRight());
}

std::optional<std::size_t> rightChoice(const Prediction& prediction, const PlayedWorld& world)
{
    for (std::size_t i = 0; i < prediction.choices.size(); ++i) {
        if (world.isTrue(prediction.choices[i].when))
            return i;
    }
    return std::nullopt;
}

Result<PredictionGrade> gradePrediction(const Lesson& lesson, const Prediction& prediction, const PlayedWorld& world,
                                        const std::optional<PredictionAnswer>& answer)
{
    const auto right = rightChoice(prediction, world);
    if (!right)
        return noAnswer("prediction " + prediction.id + ": none of its choices is right in this run");
    PredictionGrade grade;
    grade.id = prediction.id;
    grade.ask = prediction.ask;
    for (const Choice& choice : prediction.choices)
        grade.choices.push_back(choice.text);
    grade.right = *right;
    grade.counted = world.count(prediction.choices[*right].when);
    if (answer) {
        grade.chosen = answer->choice;
        grade.confidence = answer->confidence;
        if (answer->choice != *right) {
            grade.refutation = filled(prediction.choices[answer->choice].refute, lesson, world);
            if (grade.refutation.empty())
                grade.refutation = "In this run it is not so.";
        }
    }
    return grade;
}

Result<std::vector<std::size_t>> causalChain(const Lesson& lesson, const PlayedWorld& world)
{
    const OrderId order = storyOrder(lesson, world);
    if (order.isNull())
        return noAnswer("this run has no order that the lesson could tell of: observe.story has no hit");
    const Story story = tellStory(collectStory(world.entries(), world.names(), order), world.names());
    std::vector<Entry> told;
    for (const StoryStep& step : story.steps)
        told.push_back(step.entry);
    std::vector<std::pair<std::uint64_t, std::size_t>> found;
    for (std::size_t i = 0; i < lesson.puzzle->cards.size(); ++i) {
        const auto hits = findAll(lesson.puzzle->cards[i].step, told, world.names(), toMicros(VirtualRuntime::epoch()));
        if (!hits.empty())
            found.emplace_back(hits.front(), i);
    }
    std::sort(found.begin(), found.end());
    std::vector<std::size_t> chain;
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (i > 0 && found[i].first == found[i - 1].first)
            return noAnswer(std::string("cards ") + letterOf(found[i - 1].second) + " and " + letterOf(found[i].second)
                            + " of the puzzle mean the same step of the story");
        chain.push_back(found[i].second);
    }
    return chain;
}

Result<PuzzleGrade> gradePuzzle(const Lesson& lesson, const PlayedWorld& world,
                                const std::optional<std::vector<std::size_t>>& answer)
{
    auto chain = causalChain(lesson, world);
    if (!chain)
        return chain.error();
    PuzzleGrade grade{std::move(*chain), answer, {}};
    if (!answer || *answer == grade.right)
        return grade;
    const auto card = [&](std::size_t index) {
        return std::string(1, letterOf(index)) + " (" + lesson.puzzle->cards[index].text + ')';
    };
    const auto place = [&](std::size_t index) {
        return std::find(grade.right.begin(), grade.right.end(), index) - grade.right.begin();
    };
    for (std::size_t i = 0; i < answer->size(); ++i) {
        const std::size_t index = (*answer)[i];
        if (place(index) == std::ptrdiff_t(grade.right.size())) {
            grade.refutation = card(index) + " does not happen in this order's story.";
            return grade;
        }
        if (i > 0 && place((*answer)[i - 1]) >= place(index)) {
            grade.refutation =
                card(index) + " cannot be an effect of " + card((*answer)[i - 1]) + ": in your run it happened before.";
            return grade;
        }
    }
    for (const std::size_t index : grade.right) {
        if (std::find(answer->begin(), answer->end(), index) == answer->end()) {
            grade.refutation = card(index) + " is missing: without it the chain has a gap.";
            break;
        }
    }
    return grade;
}

Result<TaskGrade> gradeTask(const Lesson& lesson, const std::optional<std::vector<Change>>& answer,
                            std::uint64_t worlds, const GradeOptions& options)
{
    TaskGrade grade;
    if (!answer)
        return grade;
    const ModifyTask& task = *lesson.modify;
    grade.is_answered = true;
    grade.refutation = forbidden(lesson, *answer);
    if (!grade.refutation.empty())
        return grade;
    // A drill is one run: what its people saw.
    grade.worlds = worlds > 0 ? worlds : task.worlds;
    const SeedRange seeds = lesson.drill ? SeedRange{lesson.seed, lesson.seed} : SeedRange{1, grade.worlds};
    if (lesson.drill)
        grade.worlds = 1;
    SimulationOptions simulation;
    simulation.hash = false;
    simulation.give_up = options.give_up;
    std::uint64_t done = 0;
    ORDERLAB_TRY(return, runSeeds(changedWorld(lesson, *answer), seeds, options.threads, simulation,
                                  [&](const SimulationReport& report) {
                                      if (options.on_world)
                                          options.on_world(++done, grade.worlds);
                                      std::string failure = failureOf(task, report);
                                      if (failure.empty())
                                          ++grade.solved;
                                      else if (grade.what_failed.empty()) {
                                          grade.first_failing = report.seed;
                                          grade.what_failed = std::move(failure);
                                      }
                                      return true;
                                  }));
    if (grade.solved == grade.worlds)
        return grade;
    grade.moment = momentOfWorld(lesson, *answer, grade.first_failing);
    const auto typical =
        std::find_if(task.wrong.begin(), task.wrong.end(), [&](const WrongTry& one) { return one.changes == *answer; });
    if (typical != task.wrong.end())
        grade.refutation = typical->refute;
    return grade;
}

Result<LessonGrade> gradeLesson(const Lesson& lesson, const LessonAnswers& answers, const GradeOptions& options)
{
    const auto world = PlayedWorld::play(lesson.world, lesson.seed, options.give_up);
    if (!world)
        return world.error();
    LessonGrade grade{lesson.name, lesson.seed, {}, {}, {}, {}};
    std::vector<const Predicate*> predicates;
    for (const Prediction& prediction : lesson.predictions) {
        const auto found = answers.predictions.find(prediction.id);
        auto one = gradePrediction(lesson, prediction, *world,
                                   found == answers.predictions.end() ? std::nullopt : std::optional(found->second));
        if (!one)
            return one.error();
        grade.predictions.push_back(std::move(*one));
        for (const Choice& choice : prediction.choices)
            predicates.push_back(&choice.when);
    }
    if (answers.worlds > 0 && !answers.predictions.empty()) {
        const auto counts = countWorlds(lesson.world, predicates, answers.worlds, options.threads, options.give_up);
        if (!counts)
            return counts.error();
        auto next = counts->is_true.begin();
        for (std::size_t i = 0; i < lesson.predictions.size(); ++i) {
            grade.predictions[i].worlds = counts->worlds;
            const auto end = next + std::ptrdiff_t(lesson.predictions[i].choices.size());
            grade.predictions[i].true_in.assign(next, end);
            next = end;
        }
    }
    if (lesson.puzzle) {
        auto puzzle = gradePuzzle(lesson, *world, answers.puzzle);
        if (!puzzle)
            return puzzle.error();
        grade.puzzle = std::move(*puzzle);
    }
    if (lesson.modify) {
        auto task = gradeTask(lesson, answers.modify, answers.worlds, options);
        if (!task)
            return task.error();
        grade.task = std::move(*task);
    }
    if (lesson.drill) {
        DrillGrade drill;
        const auto hits = world->find(*lesson.drill->began);
        drill.began = hits.empty() ? Duration{0} : world->timeOf(hits.front());
        drill.alert = lesson.drill->alert_at;
        if (answers.diagnosed_at)
            drill.to_diagnosis = *answers.diagnosed_at - drill.alert;
        if (answers.modify && !answers.modify->empty())
            drill.to_repair = answers.modify->back().at - drill.alert;
        grade.drill = drill;
    }
    return grade;
}

} // namespace orderlab
