#include "lessons/lesson.h"

#include "base/duration.h"

#include <charconv>

namespace orderlab {

namespace {

template <typename Number>
bool readNumber(std::string_view text, Number& out)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc{} && end == text.data() + text.size();
}

} // namespace

std::string toString(const LessonProblem& problem, std::string_view file)
{
    return std::string(file) + ':' + std::to_string(problem.line) + ':' + std::to_string(problem.column) + ": "
           + (problem.field.empty() ? "" : problem.field + ": ") + problem.reason;
}

std::optional<HitRange> HitRange::parse(std::string_view text)
{
    HitRange range;
    const std::size_t dots = text.find("..");
    if (dots == std::string_view::npos) {
        if (!readNumber(text, range.min))
            return std::nullopt;
        range.max = range.min;
        return range;
    }
    const std::string_view upper = text.substr(dots + 2);
    if (!readNumber(text.substr(0, dots), range.min) || (!upper.empty() && !readNumber(upper, range.max))
        || range.max < range.min)
        return std::nullopt;
    return range;
}

Result<Change> parseChange(std::string_view text)
{
    Change change;
    const std::size_t comma = text.find(',');
    if (comma != std::string_view::npos && comma < text.find('=')) {
        const auto at = parseDuration(text.substr(0, comma));
        if (!at || *at > Change::at_max)
            return invalidArgument("change", "a change is TIME,SETTING, such as 0.9s,inbox=on, within 24 h; or SETTING "
                                             "for the start of the run");
        change.at = *at;
        text.remove_prefix(comma + 1);
    }
    auto setting = parseSetting(text);
    if (!setting)
        return setting.error();
    change.setting = std::move(*setting);
    return change;
}

std::optional<std::size_t> indexOfLetter(std::string_view letter, std::size_t count)
{
    if (letter.size() != 1)
        return std::nullopt;
    const char c = letter.front();
    const std::size_t index = c >= 'a' && c <= 'z' ? std::size_t(c - 'a') : std::size_t(c - 'A');
    return index < count ? std::optional(index) : std::nullopt;
}

} // namespace orderlab
