#include "lessons/make_grade.h"

#include "own_worker/own_worker.h"

namespace orderlab {

namespace {

constexpr std::uint64_t make_worlds = 200; ///< Where nobody says how many.

std::string lineOf(const PromiseVerdict& verdict)
{
    const auto line = verdict.moment ? verdict.moment->print() : Result<std::string>(std::string());
    return line ? *line : std::string();
}

JsonNode toJson(const PromiseVerdict& verdict)
{
    JsonNode node = JsonNode::object();
    node.add("name", JsonNode::string(verdict.name)).add("broken", JsonNode::number(verdict.broken));
    if (verdict.broken > 0)
        node.add("first_seed", JsonNode::number(verdict.first_seed))
            .add("explanation", JsonNode::string(verdict.explanation))
            .add("moment", JsonNode::string(lineOf(verdict)));
    return node;
}

std::string toText(const PromiseVerdict& verdict, std::uint64_t worlds)
{
    std::string text = "  " + verdict.name + " holds in " + std::to_string(worlds - verdict.broken) + " of "
                       + std::to_string(worlds) + " worlds.\n  The first that breaks it is seed "
                       + std::to_string(verdict.first_seed) + ": " + verdict.explanation + '\n';
    if (const std::string line = lineOf(verdict); !line.empty())
        text += "  world: " + line + '\n';
    return text;
}

} // namespace

JsonNode MakeGrade::toJsonNode() const
{
    JsonNode promises = JsonNode::array();
    for (const PromiseVerdict& one : trial.promises)
        promises.items.push_back(toJson(one));
    JsonNode node = JsonNode::object();
    node.add("lesson", JsonNode::string(lesson))
        .add("group", JsonNode::string(group))
        .add("command", JsonNode::string(command))
        .add("passed", JsonNode::boolean(isRight()))
        .add("worlds", JsonNode::number(trial.worlds))
        .add("deterministic", JsonNode::boolean(!trial.difference))
        .add("invariants", std::move(promises));
    return node;
}

std::string MakeGrade::toText() const
{
    std::string text = "Your worker for " + group + ": " + command + '\n';
    for (const PromiseVerdict& one : trial.promises) {
        if (one.broken > 0)
            text += orderlab::toText(one, trial.worlds);
    }
    if (trial.difference)
        text +=
            "  With seed " + std::to_string(trial.difference_seed)
            + " it answers otherwise when it is asked again, so it depends on chance or on a clock of its own: first \""
            + trial.difference->first + "\", then \"" + trial.difference->second + "\".\n";
    if (isRight())
        text += "  Every promise holds in all " + std::to_string(trial.worlds) + " worlds.\n";
    return text + (isRight() ? "Passed.\n" : "Not passed yet.\n");
}

Result<Scenario> makeWorld(const Lesson& lesson, const std::string& command)
{
    if (!lesson.make)
        return invalidArgument("worker", "the lesson " + lesson.name + " asks for no worker of your own");
    std::string topics;
    for (const std::string& topic : lesson.make->topics)
        topics += (topics.empty() ? "" : ",") + topic;
    const std::vector<std::string> worker{lesson.make->group + '=' + command};
    const std::vector<std::string> taken =
        topics.empty() ? std::vector<std::string>{} : std::vector<std::string>{topics};
    auto workers = parseOwnWorkers(worker, taken);
    if (!workers)
        return workers.error();
    Scenario world = lesson.world;
    if (lesson.modify)
        world.changes.insert(world.changes.end(), lesson.modify->solution.begin(), lesson.modify->solution.end());
    world.own_workers = std::move(*workers);
    return world;
}

Result<MakeGrade> gradeMake(const Lesson& lesson, const std::string& command, std::uint64_t worlds,
                            const GradeOptions& options)
{
    auto world = makeWorld(lesson, command);
    if (!world)
        return world.error();
    ORDERLAB_TRY(return, tryOwnWorkers(world->own_workers));
    WorkerTrialOptions trying;
    trying.seeds = {1, worlds > 0 ? worlds : make_worlds};
    trying.threads = options.threads;
    trying.give_up = options.give_up;
    trying.on_world = options.on_world;
    auto trial = tryWorkers(*world, trying);
    if (!trial)
        return trial.error();
    return MakeGrade{lesson.name, lesson.make->group, command, std::move(*trial)};
}

} // namespace orderlab
