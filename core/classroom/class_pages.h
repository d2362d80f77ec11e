#pragma once
#include "classroom/class_records.h"
#include "classroom/class_words.h"
#include "journal/names.h"

namespace orderlab {

/// The students' pages as HTML, for a phone as for a laptop: everything works without a script, with a keyboard and at
/// 360 pixels. All that comes from a person is escaped. Any thread.
class ClassPages {
public:
    /// `names`: of the entries in stories; outlives it.
    explicit ClassPages(const Names& names) : m_names(names) {}

    /// `code`, `name`: what was typed or what a link brought; `error`: what was wrong with it, nothing at first.
    std::string joinPage(Language language, std::string_view code, std::string_view name, const Error* error) const;
    /// `key`: of the next purchase; `note`: what came of the last request.
    std::string studentPage(Language language, const StudentView& view, std::string_view key,
                            std::string_view note) const;
    /// For who was removed, or comes when the class is over.
    std::string gonePage(Language language, bool has_ended) const;

    // Parts of the student's page, on one line each; they are what changes.
    std::string boardPart(Language language, const StudentView& view) const;
    std::string ordersPart(Language language, const StudentView& view) const;
    std::string shownPart(Language language, const StudentView& view) const;

private:
    std::string story(Language language, const ClassOrder& order) const;
    std::string orderBox(Language language, const ClassOrder& order, std::string_view id, bool is_open) const;

    const Names& m_names;
};

/// With &, <, >, " and ' as entities.
std::string escapedHtml(std::string_view text);

} // namespace orderlab
