#pragma once
#include "journal/query.h"
#include "simulation/scenario.h"

#include <map>

namespace orderlab {

/// What is wrong at one place of a lesson's file.
struct LessonProblem {
    std::size_t line = 1; ///< From 1, as editors count.
    std::size_t column = 1;
    std::string field;  ///< "predict[2].ask"; empty: the file itself.
    std::string reason; ///< What to write.
};
/// "FILE:LINE:COLUMN: field: reason".
std::string toString(const LessonProblem& problem, std::string_view file);

/// How many entries, orders or worlds: both ends included.
struct HitRange {
    std::uint64_t min = 1;
    std::uint64_t max = std::numeric_limits<std::uint64_t>::max();

    bool contains(std::uint64_t hits) const { return hits >= min && hits <= max; }
    /// "3", "1..", "2..5". Nothing for any other text.
    static std::optional<HitRange> parse(std::string_view text);
    bool operator==(const HitRange&) const = default;
};

/// Something that is true or not of a run, decided by its journal alone.
struct Predicate {
    std::optional<Query> query; ///< Counts its hits; nothing: counts violations of `invariant`.
    std::string invariant;
    bool of_orders = false; ///< Counts different orders instead of entries.
    HitRange hits;          ///< What the count is when it is true.
};

struct Choice {
    std::string text;
    Predicate when;     ///< It is right in the runs in which this is true.
    std::string refute; ///< What to tell who chose it and was wrong; may have the marks of lesson_text.h.
};

/// A question whose answer is what the journal says.
struct Prediction {
    static constexpr std::size_t choices_max = 6;

    std::string id; ///< In answer files.
    std::string ask;
    std::vector<Choice> choices; ///< 2 to choices_max; called A, B, C…
    std::size_t expected = 0;    ///< The one that is right in the lesson's own run, as its author believes.
};

/// A step of an order's story, to be put in order.
struct Card {
    std::string text;
    Query step; ///< The first entry of the story that it means. None: the card does not belong to the story.
};
/// A cause puzzle: cards to be put in the order in which the story of an order tells them.
struct Puzzle {
    static constexpr std::size_t cards_max = 10;

    std::string ask;
    std::vector<Card> cards; ///< In the order in which they are shown; called A, B, C…
};

/// A change of the world that many think of and that does not do.
struct WrongTry {
    std::vector<Change> changes;
    std::string refute;
};
/// A task: change the world so that what is promised holds in many worlds.
struct ModifyTask {
    std::string task;
    std::vector<std::string> allow; ///< Settings that may be changed, as in Change: "payment-key", "members".
    std::vector<std::string> holds; ///< Invariants; empty: all nine.
    std::string never, happens;     ///< Queries that must have no hit, or one, in each world. Empty: none.
    std::string hint;               ///< For who asks for one.
    std::vector<Change> solution;   ///< One that does.
    std::vector<WrongTry> wrong;    ///< Typical ones, each with what to tell.
    std::uint64_t worlds = 200;     ///< Seeds from 1 on.
};

/// An on-call drill: the fault is hidden, and time counts.
struct Drill {
    std::string alert;              ///< What the pager says.
    Duration alert_at{0};           ///< Since the start of the run. Nothing can be changed before.
    std::optional<Query> began;     ///< Its first hit is the true beginning of the trouble.
    std::vector<std::string> views; ///< What may be looked at: "log", "metrics", "traces", "lag".
};

/// A worker of one's own to write; see docs/worker-protocol.md.
struct MakeTask {
    std::string group; ///< Whose place it takes, or its name.
    std::string task;
    std::vector<std::string> topics; ///< Empty: those of the group whose place it takes.
};

/// One lesson: predict, run, what happened, why, modify, make. A value.
struct Lesson {
    static constexpr std::size_t bytes_max = std::size_t{256} << 10;

    std::string name; ///< Of its file, without folder and ending.
    std::string title;
    std::string goal;         ///< What a learner can do afterwards.
    std::string wrong_belief; ///< That it attacks.
    std::vector<std::string> concepts;
    std::uint64_t minutes = 10;
    std::string next; ///< Name of another lesson; empty: it is the last.

    Scenario world; ///< With everything that the lesson changes in it.
    std::uint64_t seed = 1;
    std::optional<Query> story; ///< The order of its first hit is the one that is told.
    std::optional<Query> stop;  ///< The run stops at its first hit.
    std::string look;           ///< Where to look meanwhile.

    std::vector<Prediction> predictions;
    std::optional<Puzzle> puzzle;
    std::optional<ModifyTask> modify;
    std::optional<MakeTask> make;
    std::optional<Drill> drill;

    // Markdown; may have the marks of lesson_text.h.
    std::string told;          ///< Before the prediction: what the system does.
    std::string what_happened; ///< Facts only.
    std::string why;           ///< Why it happened, and why the wrong belief is wrong.

    bool isDrill() const { return drill.has_value(); }
};

/// Reads a lesson; all problems are noted, in the order of the file. Nothing when there is one. `name`: see
/// Lesson::name. docs/lessons.md tells authors the format. Any thread.
std::optional<Lesson> readLesson(std::string_view text, std::string_view name, std::vector<LessonProblem>& problems);

/// "0.9s,inbox=on", or "inbox=on" for the start of the run. Error: InvalidArgument, with what to write.
Result<Change> parseChange(std::string_view text);

/// The letter of a choice or card: A for 0.
inline char letterOf(std::size_t index)
{
    return char('A' + index);
}
/// "B" or "b". Nothing for any other text, or where there are not so many.
std::optional<std::size_t> indexOfLetter(std::string_view letter, std::size_t count);

} // namespace orderlab
