#include "classroom/class_records.h"

#include "base/utf8.h"

#include <charconv>

namespace orderlab {

namespace {

Result<void> checkText(const std::string& field, const std::string& text, std::size_t min, std::size_t max)
{
    const auto length = printableLength(text);
    if (length && *length >= min && *length <= max)
        return {};
    return invalidArgument(field,
                           "must have " + std::to_string(min) + " to " + std::to_string(max) + " printable characters");
}

} // namespace

Result<void> ClassQuestion::validate() const
{
    ORDERLAB_TRY(return, checkText("ask", ask, 1, ask_length_max));
    if (choices.size() < choices_min || choices.size() > choices_max)
        return invalidArgument("choices", "must be 2 to 6");
    for (std::size_t i = 0; i < choices.size(); ++i)
        ORDERLAB_TRY(return, checkText("choices[" + std::to_string(i) + ']', choices[i], 1, choice_length_max));
    if (right && *right >= choices.size())
        return invalidArgument("right", "must be the letter of one of the choices");
    return checkText("reason", reason, 0, reason_length_max);
}

std::string_view name(ClassPhase phase)
{
    switch (phase) {
    case ClassPhase::Waiting: return "waiting";
    case ClassPhase::Voting: return "voting";
    case ClassPhase::Discussing: return "discussing";
    case ClassPhase::Revealed: return "revealed";
    }
    return "unknown";
}

std::string PagePlace::toString() const
{
    return std::to_string(board) + '.' + std::to_string(orders) + '.' + std::to_string(shown);
}

std::optional<PagePlace> PagePlace::parse(std::string_view text)
{
    PagePlace place;
    std::uint64_t* const parts[] = {&place.board, &place.orders, &place.shown};
    for (std::uint64_t* part : parts) {
        if (part != parts[0]) {
            if (!text.starts_with('.'))
                return {};
            text.remove_prefix(1);
        }
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *part);
        if (error != std::errc{})
            return {};
        text.remove_prefix(std::size_t(end - text.data()));
    }
    return text.empty() ? std::optional(place) : std::nullopt;
}

} // namespace orderlab
