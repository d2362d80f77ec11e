#include "lessons/lesson_parts.h"

#include "base/duration.h"
#include "base/suggestion.h"

#include <algorithm>

namespace orderlab {

namespace {

constexpr std::size_t wrong_tries_max = 12;

/// What a change may be about, as it is spelled before "=".
constexpr std::string_view settings[] = {"outbox",
                                         "inbox",
                                         "ack-after-processing",
                                         "idempotency-key",
                                         "payment-key",
                                         "durable-inbox",
                                         "retry-style",
                                         "max-attempts",
                                         "handler-timeout",
                                         "throttle",
                                         "breaker",
                                         "members",
                                         "faults",
                                         "fault",
                                         "fault-off",
                                         "order",
                                         "orders",
                                         "cancel",
                                         "crash",
                                         "replay",
                                         "discard",
                                         "drop",
                                         "delay",
                                         "seed"};
constexpr std::string_view views[] = {"log", "metrics", "traces", "lag"};

template <std::size_t count>
bool isOneOf(std::string_view word, const std::string_view (&words)[count])
{
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

void readPredicate(TomlFields& fields, Predicate& out)
{
    fields.query("query", out.query);
    std::string of, hits;
    fields.string("invariant", out.invariant, false, 60);
    if (fields.has("query") && fields.has("invariant"))
        fields.note("invariant", "a query or an invariant, not both");
    const auto known = invariantNames();
    if (!out.invariant.empty() && std::find(known.begin(), known.end(), out.invariant) == known.end())
        fields.note("invariant", "is no invariant" + suggestion(out.invariant, known));
    fields.string("of", of, false, 20);
    if (!of.empty() && of != "orders" && of != "entries")
        fields.note("of", "must be \"orders\" (counts different orders) or \"entries\"");
    out.of_orders = of.empty() ? out.of_orders : of == "orders";
    fields.string("hits", hits, false, 40);
    if (hits.empty())
        return;
    if (const auto range = HitRange::parse(hits))
        out.hits = *range;
    else
        fields.note("hits", "must be a count such as \"0\", \"1..\" or \"2..5\"");
}

void readQueryText(TomlFields& fields, std::string_view name, std::string& out)
{
    std::optional<Query> query;
    fields.query(name, query);
    if (query)
        out = query->text();
}

} // namespace

Prediction readPrediction(TomlFields& fields)
{
    Prediction prediction;
    fields.string("id", prediction.id, true, 40);
    fields.string("ask", prediction.ask, true, 500);
    Predicate common;
    readPredicate(fields, common);
    std::string expected;
    fields.string("expected", expected, true, 1);
    fields.tables("choice", Prediction::choices_max, [&](TomlFields& one) {
        Choice choice{{}, common, {}};
        if (one.has("query") || one.has("invariant")) {
            choice.when.query.reset();
            choice.when.invariant.clear();
        }
        one.string("text", choice.text, true, 300);
        readPredicate(one, choice.when);
        const bool is_broken = one.has("query") || fields.has("query"); // That has been told.
        if (!choice.when.query && choice.when.invariant.empty() && !is_broken)
            one.note("query", "is missing: what in the journal says that this choice is right?");
        one.string("refute", choice.refute, false);
        prediction.choices.push_back(std::move(choice));
        if (!one.has("refute") && letterOf(prediction.choices.size() - 1) != (expected.empty() ? ' ' : expected[0]))
            one.note("refute", "is missing: what do you tell somebody who chose this?");
    });
    if (prediction.choices.size() < 2)
        fields.note("choice", "a question needs two or more [[predict.choice]]");
    else if (const auto index = indexOfLetter(expected, prediction.choices.size()))
        prediction.expected = *index;
    else if (!expected.empty())
        fields.note("expected", "must be the letter of a choice, from A on");
    return prediction;
}

Puzzle readPuzzle(TomlFields& fields)
{
    Puzzle puzzle;
    fields.string("ask", puzzle.ask, true, 500);
    fields.tables("card", Puzzle::cards_max, [&](TomlFields& one) {
        std::string text;
        std::optional<Query> step;
        one.string("text", text, true, 200);
        one.query("step", step);
        if (step)
            puzzle.cards.push_back({std::move(text), std::move(*step)});
        else if (!one.has("step"))
            one.note("step", "is missing: a query that finds the card's entry in the order's story");
    });
    if (puzzle.cards.size() < 2)
        fields.note("card", "a puzzle needs two or more [[puzzle.card]]");
    return puzzle;
}

ModifyTask readModify(TomlFields& fields)
{
    ModifyTask task;
    fields.string("task", task.task, true);
    fields.strings("allow", task.allow);
    for (const std::string& one : task.allow) {
        if (!isOneOf(one, settings))
            fields.note("allow", one + " is no setting" + suggestion(one, settings));
    }
    fields.strings("holds", task.holds);
    const auto known = invariantNames();
    for (const std::string& one : task.holds) {
        if (std::find(known.begin(), known.end(), one) == known.end())
            fields.note("holds", one + " is no invariant" + suggestion(one, known));
    }
    readQueryText(fields, "never", task.never);
    readQueryText(fields, "happens", task.happens);
    fields.string("hint", task.hint, false);
    fields.integer("worlds", task.worlds, 1, 10'000);
    fields.changes("solution", task.solution);
    if (!fields.has("solution"))
        fields.note("solution", "is missing: changes that solve the task, such as [\"inbox=on\"]");
    fields.tables("wrong", wrong_tries_max, [&](TomlFields& one) {
        WrongTry wrong;
        one.changes("changes", wrong.changes);
        one.string("refute", wrong.refute, true);
        if (!one.has("changes"))
            one.note("changes", "is missing: what somebody tries in vain");
        task.wrong.push_back(std::move(wrong));
    });
    return task;
}

Drill readDrill(TomlFields& fields)
{
    Drill drill;
    fields.string("alert", drill.alert, true, 500);
    std::string at;
    fields.string("alert_at", at, true, 20);
    if (const auto read = parseDuration(at); read && *read <= Change::at_max)
        drill.alert_at = *read;
    else if (!at.empty())
        fields.note("alert_at", "must be a time since the start of the run, such as \"2.5s\"");
    fields.query("began", drill.began);
    if (!fields.has("began"))
        fields.note("began", "is missing: a query whose first hit is where the trouble begins");
    fields.strings("views", drill.views);
    for (const std::string& view : drill.views) {
        if (!isOneOf(view, views))
            fields.note("views", view + " is no view; there are log, metrics, traces and lag");
    }
    return drill;
}

MakeTask readMake(TomlFields& fields)
{
    MakeTask task;
    fields.string("group", task.group, true, 60);
    fields.string("task", task.task, true);
    fields.strings("topics", task.topics);
    return task;
}

} // namespace orderlab
