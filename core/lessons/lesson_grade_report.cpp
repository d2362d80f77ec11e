#include "lessons/lesson_grade.h"

namespace orderlab {

namespace {

JsonNode letters(const std::vector<std::size_t>& indexes)
{
    JsonNode all = JsonNode::array();
    for (const std::size_t index : indexes)
        all.items.push_back(JsonNode::string(std::string(1, letterOf(index))));
    return all;
}

std::string lettersText(const std::vector<std::size_t>& indexes)
{
    std::string all;
    for (const std::size_t index : indexes)
        all += (all.empty() ? "" : " → ") + std::string(1, letterOf(index));
    return all;
}

JsonNode letter(std::optional<std::size_t> index)
{
    return index ? JsonNode::string(std::string(1, letterOf(*index))) : JsonNode{};
}

JsonNode seconds(std::optional<Duration> time)
{
    return time ? JsonNode::number(std::chrono::duration<double>(*time).count()) : JsonNode{};
}

JsonNode toJson(const PredictionGrade& grade)
{
    JsonNode node = JsonNode::object();
    node.add("id", JsonNode::string(grade.id))
        .add("chosen", letter(grade.chosen))
        .add("right", letter(grade.right))
        .add("is_right", JsonNode::boolean(grade.isRight()))
        .add("counted", JsonNode::number(grade.counted));
    if (grade.confidence)
        node.add("confidence", JsonNode::number(*grade.confidence));
    if (!grade.refutation.empty())
        node.add("refutation", JsonNode::string(grade.refutation));
    if (grade.worlds > 0) {
        JsonNode true_in = JsonNode::object();
        for (std::size_t i = 0; i < grade.true_in.size(); ++i)
            true_in.add(std::string(1, letterOf(i)), JsonNode::number(grade.true_in[i]));
        node.add("worlds", JsonNode::number(grade.worlds)).add("true_in", std::move(true_in));
    }
    return node;
}

std::string toText(const PredictionGrade& grade)
{
    const auto choice = [&](std::size_t index) {
        return std::string(1, letterOf(index)) + " (" + grade.choices[index] + ')';
    };
    std::string text = grade.ask + '\n';
    if (!grade.chosen)
        text += "  Not answered.\n";
    else if (grade.isRight())
        text += "  Right: " + choice(grade.right) + ".\n";
    else
        text += "  You said " + choice(*grade.chosen) + ".\n  In this run the answer is " + choice(grade.right)
                + ".\n  " + grade.refutation + '\n';
    if (grade.confidence)
        text += "  You were " + std::to_string(*grade.confidence) + " % sure.\n";
    for (std::size_t i = 0; i < grade.true_in.size(); ++i)
        text += std::string("  ") + letterOf(i) + " is true in " + std::to_string(grade.true_in[i]) + " of "
                + std::to_string(grade.worlds) + " worlds.\n";
    return text;
}

JsonNode toJson(const TaskGrade& grade)
{
    JsonNode node = JsonNode::object();
    node.add("is_answered", JsonNode::boolean(grade.is_answered))
        .add("is_right", JsonNode::boolean(grade.isRight()))
        .add("worlds", JsonNode::number(grade.worlds))
        .add("solved", JsonNode::number(grade.solved));
    if (grade.solved < grade.worlds)
        node.add("first_failing_seed", JsonNode::number(grade.first_failing))
            .add("what_failed", JsonNode::string(grade.what_failed))
            .add("moment", JsonNode::string(grade.moment));
    if (!grade.refutation.empty())
        node.add("refutation", JsonNode::string(grade.refutation));
    return node;
}

std::string toText(const TaskGrade& grade)
{
    if (!grade.is_answered)
        return "The task\n  Not answered.\n";
    std::string text = "The task\n";
    if (grade.worlds > 0)
        text += "  Solved in " + std::to_string(grade.solved) + " of " + std::to_string(grade.worlds)
                + (grade.worlds == 1 ? " world.\n" : " worlds.\n");
    if (grade.solved < grade.worlds) {
        text +=
            "  The first that fails is seed " + std::to_string(grade.first_failing) + ": " + grade.what_failed + '\n';
        if (!grade.moment.empty())
            text += "  world: " + grade.moment + '\n';
    }
    if (!grade.refutation.empty())
        text += "  " + grade.refutation + '\n';
    return text;
}

std::string secondsText(Duration time)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.3f s", std::chrono::duration<double>(time).count());
    return text;
}

} // namespace

JsonNode LessonGrade::toJsonNode() const
{
    JsonNode node = JsonNode::object();
    node.add("lesson", JsonNode::string(lesson))
        .add("seed", JsonNode::number(seed))
        .add("passed", JsonNode::boolean(isPassed()));
    JsonNode all = JsonNode::array();
    for (const PredictionGrade& one : predictions)
        all.items.push_back(toJson(one));
    node.add("predictions", std::move(all));
    if (puzzle) {
        JsonNode one = JsonNode::object();
        one.add("chosen", puzzle->chosen ? letters(*puzzle->chosen) : JsonNode{})
            .add("right", letters(puzzle->right))
            .add("is_right", JsonNode::boolean(puzzle->isRight()));
        if (!puzzle->refutation.empty())
            one.add("refutation", JsonNode::string(puzzle->refutation));
        node.add("puzzle", std::move(one));
    }
    if (task)
        node.add("modify", toJson(*task));
    if (drill) {
        JsonNode one = JsonNode::object();
        one.add("began_s", seconds(drill->began))
            .add("alert_s", seconds(drill->alert))
            .add("to_diagnosis_s", seconds(drill->to_diagnosis))
            .add("to_repair_s", seconds(drill->to_repair));
        node.add("drill", std::move(one));
    }
    return node;
}

std::string LessonGrade::toText() const
{
    std::string text;
    for (const PredictionGrade& one : predictions)
        text += orderlab::toText(one);
    if (puzzle) {
        text += "The puzzle\n";
        if (!puzzle->chosen)
            text += "  Not answered.\n";
        else if (puzzle->isRight())
            text += "  Right: " + lettersText(puzzle->right) + ".\n";
        else
            text += "  You said " + lettersText(*puzzle->chosen) + ". The story says " + lettersText(puzzle->right)
                    + ".\n  " + puzzle->refutation + '\n';
    }
    if (task)
        text += orderlab::toText(*task);
    if (drill) {
        text += "The clock\n  The trouble began at " + secondsText(drill->began) + "; the alert came at "
                + secondsText(drill->alert) + ".\n";
        if (drill->to_diagnosis)
            text += "  Diagnosed " + secondsText(*drill->to_diagnosis) + " after the alert.\n";
        if (drill->to_repair)
            text += "  Repaired " + secondsText(*drill->to_repair) + " after the alert.\n";
    }
    return text + (isPassed() ? "Passed.\n" : "Not passed yet.\n");
}

} // namespace orderlab
