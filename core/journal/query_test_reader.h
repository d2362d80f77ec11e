#pragma once
#include "journal/query_expression.h"

namespace orderlab {

/// "=", "!="…; nothing for another text.
std::optional<QueryOperator> queryOperatorOf(std::string_view text);

/// Reads FIELD operator VALUE. False, and `reason` set, where the field has no such operator or no such value;
/// `is_value` says which of the two is to blame.
bool readQueryTest(const QueryField& field, std::string_view operator_text, std::string_view value, QueryTest& test,
                   std::string& reason, bool& is_value);

/// `there is no kind of entry "…"; did you mean …?`
std::string unknownKind(std::string_view word);

} // namespace orderlab
