#include "lessons/lesson_text.h"

#include "base/utf8.h"
#include "journal/story.h"

#include <cstdio>

namespace orderlab {

namespace {

constexpr std::string_view opening = "{{", closing = "}}";
constexpr std::size_t shown_mark_bytes_max = 60;

std::string secondsOf(Duration time)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.3f s", std::chrono::duration<double>(time).count());
    return text;
}

struct Mark {
    std::string_view word, argument;
};

Mark markOf(std::string_view inside)
{
    const std::size_t blank = inside.find(' ');
    if (blank == std::string_view::npos)
        return {inside, {}};
    return {inside.substr(0, blank), inside.substr(blank + 1)};
}

bool takesQuery(std::string_view word)
{
    return word == "count" || word == "orders" || word == "first" || word == "last" || word == "entry";
}

/// Calls `plain(text)` and `mark(inside)` in turn.
template <typename Plain, typename OnMark>
void split(std::string_view text, Plain plain, OnMark on_mark)
{
    while (!text.empty()) {
        const std::size_t begin = text.find(opening);
        const std::size_t end = begin == std::string_view::npos ? begin : text.find(closing, begin);
        if (end == std::string_view::npos)
            return plain(text);
        plain(text.substr(0, begin));
        on_mark(text.substr(begin + opening.size(), end - begin - opening.size()));
        text.remove_prefix(end + closing.size());
    }
}

std::string toldStory(const Lesson& lesson, const PlayedWorld& world)
{
    const OrderId order = storyOrder(lesson, world);
    if (order.isNull())
        return "This run has no such order.";
    return storyText(order, tellStory(collectStory(world.entries(), world.names(), order), world.names()));
}

std::string explained(std::string_view invariant, const PlayedWorld& world)
{
    for (const InvariantOutcome& one : world.report().invariants) {
        if (one.name == invariant && one.first)
            return one.first->explanation;
    }
    return "The promise " + std::string(invariant) + " holds in your run.";
}

std::string valueOf(const Mark& mark, const Lesson& lesson, const PlayedWorld& world)
{
    if (mark.word == "story")
        return toldStory(lesson, world);
    if (mark.word == "broken")
        return explained(mark.argument, world);
    const auto query = takesQuery(mark.word) ? parseQuery(mark.argument) : Result<Query>(internalError("no query"));
    if (!query)
        return "{{" + std::string(mark.word) + "}}";
    const auto hits = world.find(*query);
    if (mark.word == "count")
        return std::to_string(hits.size());
    if (mark.word == "orders")
        return std::to_string(world.ordersOf(hits));
    if (hits.empty())
        return "never";
    if (mark.word == "entry")
        return world.lineOf(hits.front());
    return secondsOf(world.timeOf(mark.word == "first" ? hits.front() : hits.back()));
}

} // namespace

OrderId storyOrder(const Lesson& lesson, const PlayedWorld& world)
{
    return lesson.story ? world.firstOrder(*lesson.story) : OrderId{};
}

std::string filled(std::string_view text, const Lesson& lesson, const PlayedWorld& world)
{
    std::string all;
    split(
        text, [&](std::string_view plain) { all += plain; },
        [&](std::string_view inside) { all += valueOf(markOf(inside), lesson, world); });
    return all;
}

std::vector<std::string> markProblems(std::string_view text)
{
    std::vector<std::string> problems;
    const auto known = invariantNames();
    split(
        text,
        [&](std::string_view plain) {
            if (plain.find(opening) != std::string_view::npos)
                problems.emplace_back("{{ without }}");
        },
        [&](std::string_view inside) {
            const Mark mark = markOf(inside);
            const std::string shown = "{{" + shortened(inside, shown_mark_bytes_max) + "}}";
            if (mark.word == "story" && mark.argument.empty())
                return;
            if (mark.word == "broken") {
                if (std::find(known.begin(), known.end(), mark.argument) == known.end())
                    problems.push_back(shown + " names no invariant");
                return;
            }
            if (!takesQuery(mark.word)) {
                problems.push_back(shown
                                   + " is unknown; there are count, orders, first, last, entry, broken and story");
                return;
            }
            QueryProblem problem;
            if (!readQuery(mark.argument, problem))
                problems.push_back(shown + " is no query: " + problem.reason);
        });
    return problems;
}

} // namespace orderlab
