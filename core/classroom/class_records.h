#pragma once
#include "domain/order.h"
#include "journal/entry.h"

#include <optional>
#include <string>
#include <vector>

namespace orderlab {

/// A question that a class votes on. A value.
struct ClassQuestion {
    static constexpr std::size_t choices_min = 2, choices_max = 6;
    static constexpr std::size_t ask_length_max = 1'000;    ///< Code points.
    static constexpr std::size_t choice_length_max = 300;   ///< Code points.
    static constexpr std::size_t reason_length_max = 1'000; ///< Code points.

    std::string ask;
    std::vector<std::string> choices; ///< Called A, B, C…
    std::optional<std::size_t> right; ///< Shown with the reveal; nothing: there is no right one.
    std::string reason = {};          ///< Why that one is right; empty: nothing is told.

    /// Error: InvalidArgument with its field, "choices[1]".
    Result<void> validate() const;
};

/// Where the class stands with its question.
enum class ClassPhase : std::uint8_t {
    Waiting,    ///< Nothing has been asked.
    Voting,     ///< A round of votes is open.
    Discussing, ///< The round is over; nobody has seen how the others voted.
    Revealed,   ///< Everybody sees the votes of all rounds, and what is right.
};
/// "waiting", "voting"…
std::string_view name(ClassPhase phase);

/// What a student has bought. Orders that are not settled are those that are missing from the sum of the others.
struct ClassCounts {
    std::size_t bought = 0, paid = 0, failed = 0, canceled = 0;
    bool operator==(const ClassCounts&) const = default;
};

/// One order of a student.
struct ClassOrder {
    unsigned number = 0; ///< The student's first is 1.
    Money total;
    TimePoint bought_at;
    OrderStatus status = OrderStatus::Created;
    bool is_accepted = false;   ///< It is durable; until then nothing is known of it.
    std::vector<Entry> entries; ///< What the journal says of it, oldest first; the first `entries_max`.

    static constexpr std::size_t entries_max = 300;
};

/// What everybody in the class sees.
struct ClassBoard {
    ClassPhase phase = ClassPhase::Waiting;
    std::size_t asked = 0; ///< Questions so far; the number of this one.
    ClassQuestion question;
    std::size_t round = 0;                       ///< From 1.
    std::vector<std::vector<std::size_t>> tally; ///< Votes by round, then by choice. For students only once revealed.
    bool is_locked = false;
    std::optional<Duration> locks_in; ///< The countdown; nothing: there is none.
};

/// One student as the teacher sees them.
struct StudentRow {
    unsigned number = 0;
    std::string name;
    bool is_here = false; ///< Their page is open somewhere.
    ClassCounts orders;
    std::optional<std::size_t> vote; ///< In the current or last round.
};

/// The class as the teacher sees it.
struct ClassView {
    std::string code;
    ClassBoard board;
    std::vector<StudentRow> students; ///< In the order in which they came.
    std::optional<unsigned> shown;    ///< Whose newest order everybody looks at.
    OrderId shown_order = {};         ///< That order; null: there is none yet.
};

/// The version of each part of a student's page: a browser that comes back is told only what has changed since.
struct PagePlace {
    std::uint64_t board = 0, orders = 0, shown = 0;
    bool operator==(const PagePlace&) const = default;
    /// "3.14.1"
    std::string toString() const;
    /// Nothing for what toString() has not written.
    static std::optional<PagePlace> parse(std::string_view text);
};

/// One student's page.
struct StudentView {
    unsigned number = 0;
    std::string name;
    ClassBoard board;
    std::optional<std::size_t> vote; ///< Their own, in the current or last round.
    ClassCounts counts;
    std::vector<ClassOrder> orders;        ///< The newest first.
    std::optional<std::string> shown_name; ///< Whose order everybody looks at.
    std::optional<ClassOrder> shown_order; ///< Nothing: they have none yet.
    PagePlace place;
};

} // namespace orderlab
