#include "headless/lesson_output.h"

#include "base/duration.h"
#include "lessons/lesson_grade.h"
#include "simulation/moment_line.h"

namespace orderlab {

namespace {

JsonNode texts(const std::vector<std::string>& all)
{
    JsonNode node = JsonNode::array();
    for (const std::string& one : all)
        node.items.push_back(JsonNode::string(one));
    return node;
}

std::string worldLine(const Lesson& lesson)
{
    const auto line = MomentLine::of(lesson.world, lesson.seed).print();
    return line ? *line : std::string();
}

std::string lettered(std::size_t index, const std::string& text)
{
    return std::string("- ") + letterOf(index) + ": " + text + '\n';
}

std::string list(const std::vector<std::string>& words)
{
    std::string all;
    for (const std::string& word : words)
        all += (all.empty() ? "" : ", ") + word;
    return all;
}

std::string questions(const Lesson& lesson)
{
    std::string text = "\n## Predict\n";
    for (const Prediction& prediction : lesson.predictions) {
        text += '\n' + prediction.ask + " (`" + prediction.id + "`)\n\n";
        for (std::size_t i = 0; i < prediction.choices.size(); ++i)
            text += lettered(i, prediction.choices[i].text);
    }
    if (lesson.puzzle) {
        text += "\n## Put in order\n\n" + lesson.puzzle->ask + "\n\n";
        for (std::size_t i = 0; i < lesson.puzzle->cards.size(); ++i)
            text += lettered(i, lesson.puzzle->cards[i].text);
    }
    return text;
}

std::string tasks(const Lesson& lesson)
{
    std::string text;
    if (lesson.modify) {
        text += "\n## Modify\n\n" + lesson.modify->task + '\n';
        if (!lesson.modify->allow.empty())
            text += "\nTo be changed: " + list(lesson.modify->allow) + ".\n";
    }
    if (lesson.make)
        text += "\n## Make\n\n" + lesson.make->task + '\n';
    return text;
}

} // namespace

JsonNode lessonSummary(const Lesson& lesson)
{
    JsonNode node = JsonNode::object();
    node.add("name", JsonNode::string(lesson.name))
        .add("title", JsonNode::string(lesson.title))
        .add("goal", JsonNode::string(lesson.goal))
        .add("minutes", JsonNode::number(lesson.minutes))
        .add("concepts", texts(lesson.concepts))
        .add("drill", JsonNode::boolean(lesson.isDrill()));
    return node;
}

std::string lessonPage(const Lesson& lesson, const PlayedWorld* world)
{
    std::string text = "# " + lesson.title + "\n\n" + lesson.goal + "\n\nAbout: " + list(lesson.concepts) + ". "
                       + std::to_string(lesson.minutes) + " minutes.\n\n";
    text += (world ? filled(lesson.told, lesson, *world) : lesson.told) + '\n';
    if (lesson.drill)
        text += "\n## The alert\n\nAt " + exactDurationText(lesson.drill->alert_at) + ": " + lesson.drill->alert
                + "\n\nTo look at: " + list(lesson.drill->views) + ".\n";
    text += questions(lesson);
    if (!lesson.drill) { // A drill's world would tell the fault.
        if (const std::string line = worldLine(lesson); !line.empty())
            text += "\n## Run\n\n`" + line + "`\n" + (lesson.look.empty() ? "" : '\n' + lesson.look + '\n');
    }
    if (world)
        text += "\n## What happened\n\n" + filled(lesson.what_happened, lesson, *world) + "\n\n## Why\n\n"
                + filled(lesson.why, lesson, *world) + '\n';
    text += tasks(lesson);
    if (!lesson.next.empty())
        text += "\nNext: " + lesson.next + '\n';
    return text;
}

JsonNode lessonJson(const Lesson& lesson, const PlayedWorld* world)
{
    JsonNode node = lessonSummary(lesson);
    node.add("wrong_belief", JsonNode::string(lesson.wrong_belief)).add("told", JsonNode::string(lesson.told));
    if (!lesson.drill)
        node.add("world", JsonNode::string(worldLine(lesson)));
    JsonNode predictions = JsonNode::array();
    for (const Prediction& prediction : lesson.predictions) {
        JsonNode one = JsonNode::object();
        JsonNode choices = JsonNode::array();
        for (const Choice& choice : prediction.choices)
            choices.items.push_back(JsonNode::string(choice.text));
        one.add("id", JsonNode::string(prediction.id))
            .add("ask", JsonNode::string(prediction.ask))
            .add("choices", std::move(choices));
        if (const auto right = world ? rightChoice(prediction, *world) : std::nullopt)
            one.add("right", JsonNode::string(std::string(1, letterOf(*right))));
        predictions.items.push_back(std::move(one));
    }
    node.add("predictions", std::move(predictions));
    if (lesson.puzzle) {
        std::vector<std::string> cards;
        for (const Card& card : lesson.puzzle->cards)
            cards.push_back(card.text);
        node.add("puzzle", texts(cards));
    }
    if (lesson.modify)
        node.add("modify", JsonNode::string(lesson.modify->task)).add("allow", texts(lesson.modify->allow));
    if (world)
        node.add("what_happened", JsonNode::string(filled(lesson.what_happened, lesson, *world)))
            .add("why", JsonNode::string(filled(lesson.why, lesson, *world)));
    if (!lesson.next.empty())
        node.add("next", JsonNode::string(lesson.next));
    return node;
}

} // namespace orderlab
