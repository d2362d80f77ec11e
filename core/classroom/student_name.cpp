#include "classroom/student_name.h"

#include "base/utf8.h"

#include <algorithm>

namespace orderlab {

namespace {

/// Characters that printableLength() lets through and nobody sees: soft hyphen, zero-width ones, fillers, the byte
/// order mark, variation selectors are left, as emoji need them.
constexpr std::string_view unseen[] = {"\u00ad", "\u034f", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u180e",
                                       "\u200b", "\u200c", "\u2060", "\u2800", "\u3164", "\ufeff", "\uffa0"};

/// Each run of blanks (also no-break and wide ones) becomes one; none at the ends.
std::string withSingleBlanks(std::string_view text)
{
    constexpr std::string_view blanks[] = {" ", "\t", "\u00a0", "\u2003", "\u2009", "\u202f", "\u3000"};
    std::string out;
    while (!text.empty()) {
        const auto blank = std::find_if(std::begin(blanks), std::end(blanks),
                                        [text](std::string_view one) { return text.starts_with(one); });
        if (blank != std::end(blanks)) {
            if (!out.empty() && out.back() != ' ')
                out += ' ';
            text.remove_prefix(blank->size());
            continue;
        }
        out += text.front();
        text.remove_prefix(1);
    }
    if (out.ends_with(' '))
        out.pop_back();
    return out;
}

} // namespace

Result<std::string> studentName(std::string_view typed)
{
    constexpr std::size_t bytes_max = 400; // Far above what 24 characters take.
    if (typed.size() > bytes_max)
        return invalidArgument("name", "must have at most 24 characters");
    std::string name = withSingleBlanks(typed);
    const auto length = printableLength(name);
    const bool has_unseen = std::any_of(std::begin(unseen), std::end(unseen),
                                        [&name](std::string_view one) { return name.find(one) != std::string::npos; });
    if (!length || has_unseen)
        return invalidArgument("name", "must not have characters that are not seen");
    if (*length == 0)
        return invalidArgument("name", "must not be empty");
    if (*length > student_name_length_max)
        return invalidArgument("name", "must have at most 24 characters");
    if (foldedName(name).starts_with("user-"))
        return invalidArgument("name", "must not begin with user-, which is kept for customers of the simulation");
    return name;
}

std::string foldedName(std::string_view name)
{
    std::string folded(name);
    std::transform(folded.begin(), folded.end(), folded.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    return folded;
}

} // namespace orderlab
