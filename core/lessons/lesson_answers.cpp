#include "lessons/lesson_answers.h"

#include "base/duration.h"
#include "base/json_fields.h"
#include "base/suggestion.h"

#include <algorithm>

namespace orderlab {

namespace {

constexpr std::size_t changes_max = 20;
constexpr std::uint64_t worlds_max = 10'000;

std::string lettersUpTo(std::size_t count)
{
    return std::string("A to ") + letterOf(count - 1);
}

/// One reading of answers.
class AnswersReader {
public:
    AnswersReader(const Lesson& lesson, std::vector<JsonProblem>& problems) : m_lesson(lesson), m_problems(problems) {}

    LessonAnswers read(const JsonNode& node)
    {
        JsonFields fields(node, {}, m_problems);
        if (const JsonNode* predictions = fields.take("predictions"))
            readPredictions(*predictions);
        if (m_lesson.puzzle) {
            fields.array("puzzle", Puzzle::cards_max, [this](const JsonNode& item, const std::string& path) {
                if (!m_answers.puzzle)
                    m_answers.puzzle.emplace();
                if (const auto index = letterIn(item, path, m_lesson.puzzle->cards.size()))
                    m_answers.puzzle->push_back(*index);
            });
        } else if (fields.take("puzzle"))
            fields.note("puzzle", "this lesson has no puzzle");
        if (m_lesson.modify) {
            fields.array("modify", changes_max,
                         [this](const JsonNode& item, const std::string& path) { readChange(item, path); });
        } else if (fields.take("modify"))
            fields.note("modify", "this lesson has no task that is graded");
        if (std::string at; m_lesson.drill) {
            fields.string("diagnosed_at", at, 1, 20);
            if (const auto time = parseDuration(at))
                m_answers.diagnosed_at = *time;
            else if (!at.empty())
                fields.note("diagnosed_at", "must be a time since the start of the run, such as \"3.2s\"");
        } else if (fields.take("diagnosed_at"))
            fields.note("diagnosed_at", "this lesson is no drill");
        fields.integer("worlds", m_answers.worlds, 1, worlds_max);
        fields.finish();
        return std::move(m_answers);
    }

private:
    void note(const JsonNode& at, const std::string& path, std::string reason)
    {
        m_problems.push_back({at.offset, path, std::move(reason)});
    }

    std::optional<std::size_t> letterIn(const JsonNode& node, const std::string& path, std::size_t count)
    {
        const auto index = node.type == JsonType::String ? indexOfLetter(node.text, count) : std::nullopt;
        if (!index)
            note(node, path, "must be a letter from " + lettersUpTo(count));
        return index;
    }

    void readPredictions(const JsonNode& node)
    {
        if (node.type != JsonType::Object)
            return note(node, "predictions", "must be an object: {\"ID\": \"B\"}");
        for (const JsonNode::Member& member : node.members) {
            const std::string path = "predictions." + member.name;
            const auto found = std::find_if(m_lesson.predictions.begin(), m_lesson.predictions.end(),
                                            [&](const Prediction& one) { return one.id == member.name; });
            if (found == m_lesson.predictions.end()) {
                std::vector<std::string_view> ids;
                for (const Prediction& one : m_lesson.predictions)
                    ids.push_back(one.id);
                m_problems.push_back(
                    {member.offset, path, "the lesson has no such prediction" + suggestion(member.name, ids)});
                continue;
            }
            PredictionAnswer answer;
            if (member.value.type == JsonType::Object) {
                JsonFields fields(member.value, path, m_problems);
                if (const JsonNode* choice = fields.require("choice"))
                    answer.choice = letterIn(*choice, path + ".choice", found->choices.size()).value_or(0);
                std::uint64_t confidence = worlds_max;
                fields.integer("confidence", confidence, 0, 100);
                if (confidence <= 100)
                    answer.confidence = unsigned(confidence);
                fields.finish();
            } else
                answer.choice = letterIn(member.value, path, found->choices.size()).value_or(0);
            m_answers.predictions[member.name] = answer;
        }
    }

    void readChange(const JsonNode& item, const std::string& path)
    {
        if (!m_answers.modify)
            m_answers.modify.emplace();
        if (item.type != JsonType::String)
            return note(item, path, "must be a change such as \"inbox=on\" or \"0.9s,inbox=on\"");
        if (auto change = parseChange(item.text))
            m_answers.modify->push_back(std::move(*change));
        else
            note(item, path, change.error().message);
    }

    const Lesson& m_lesson;
    std::vector<JsonProblem>& m_problems;
    LessonAnswers m_answers;
};

} // namespace

std::optional<LessonAnswers> readAnswers(std::string_view json, const Lesson& lesson,
                                         std::vector<JsonProblem>& problems)
{
    const std::size_t before = problems.size();
    JsonProblem problem;
    const auto node = parseJsonTree(json, problem);
    if (!node) {
        problems.push_back(std::move(problem));
        return std::nullopt;
    }
    LessonAnswers answers = AnswersReader(lesson, problems).read(*node);
    return problems.size() == before ? std::optional(std::move(answers)) : std::nullopt;
}

} // namespace orderlab
