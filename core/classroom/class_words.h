#pragma once
#include "base/error.h"
#include "domain/order.h"
#include "journal/entry_kind.h"

#include <string>
#include <string_view>

namespace orderlab {

/// The languages of the students' pages.
enum class Language : std::uint8_t { English, German };

/// "en", "de".
std::string_view tagOf(Language language);
/// Of a tag in a cookie or a query; nothing: it is none of ours.
const Language* languageOf(std::string_view tag);
/// The one of ours that a header Accept-Language (RFC 9110, section 12.5.4) likes best; English where it names none.
Language acceptedLanguage(std::string_view header);

/// All words of the pages in one language. %1 and %2 stand for what is filled in.
struct ClassWords {
    const char *title, *other_language, *other_tag;
    const char *join_title, *join_lead, *code, *code_hint, *nickname, *nickname_hint, *join;
    const char *hello, *student, *leave_hint;
    const char *question, *waiting, *round, *choose, *your_vote, *not_voted, *discuss, *revealed, *right_answer,
        *no_right_answer, *first_round, *votes, *choice;
    const char *locked, *locks_in;
    const char *buy, *buy_hint, *amount, *buy_own, *bought_note, *voted_note;
    const char *orders, *no_orders, *counts, *order, *story, *now_at;
    const char *shown, *shown_none;
    const char *connected, *lost, *gone, *ended, *gone_title, *to_start;
    const char *error_code, *error_tries, *error_name_empty, *error_name_long, *error_name_unseen, *error_name_kept,
        *error_name_taken, *error_full, *error_busy, *error_locked, *error_no_round, *error_amount, *error_away,
        *error_much, *error_other;
    const char* status[4]; ///< By OrderStatus.
};
const ClassWords& wordsOf(Language language);

/// `text` with %1 and %2 filled in.
std::string filled(std::string_view text, std::string_view first, std::string_view second = {});

/// What an entry of a student's order means, in a few plain words; empty: nothing that a customer is told.
std::string_view stepWords(EntryKind kind, Language language);

/// What went wrong, for a student.
std::string_view errorWords(const Error& error, Language language);

} // namespace orderlab
