#include "tables/select_text.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace orderlab {

namespace {

bool isWordStart(char c)
{
    return std::isalpha(std::uint8_t(c)) || c == '_' || std::uint8_t(c) >= 0x80;
}
bool isWordPart(char c)
{
    return isWordStart(c) || std::isdigit(std::uint8_t(c)) || c == '$';
}
std::string inSmallLetters(std::string_view text)
{
    std::string small(text);
    std::transform(small.begin(), small.end(), small.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    return small;
}

class Lexer {
public:
    explicit Lexer(std::string_view sql) : m_sql(sql) {}

    std::vector<SqlToken> all()
    {
        std::vector<SqlToken> tokens;
        while (m_at < m_sql.size()) {
            if (std::isspace(std::uint8_t(m_sql[m_at]))) {
                ++m_at;
                continue;
            }
            SqlToken token;
            token.begin = m_at;
            read(token);
            token.end = m_at;
            tokens.push_back(token);
        }
        return tokens;
    }

private:
    std::string_view rest() const { return m_sql.substr(m_at); }
    char next(std::size_t distance = 1) const { return m_at + distance < m_sql.size() ? m_sql[m_at + distance] : '\0'; }

    void read(SqlToken& token)
    {
        const char c = m_sql[m_at];
        if (rest().starts_with("--")) {
            token.kind = SqlToken::Kind::Comment;
            m_at = std::min(m_sql.find('\n', m_at), m_sql.size());
        } else if (rest().starts_with("/*")) {
            token.kind = SqlToken::Kind::Comment;
            token.is_open = !comment();
        } else if (c == '\'' || ((c == 'e' || c == 'E') && next() == '\'')) {
            token.kind = SqlToken::Kind::Text;
            const bool has_escapes = c != '\'';
            m_at += has_escapes ? 1 : 0;
            token.is_open = !quoted('\'', has_escapes);
        } else if (c == '"') {
            token.kind = SqlToken::Kind::Name;
            token.is_open = !quoted('"', false);
        } else if (const std::size_t tag = dollarTag(); tag > 0) {
            token.kind = SqlToken::Kind::Text;
            token.is_open = !dollarQuoted(tag);
        } else if (isWordStart(c)) {
            token.kind = SqlToken::Kind::Word;
            while (m_at < m_sql.size() && isWordPart(m_sql[m_at]))
                ++m_at;
        } else if (std::isdigit(std::uint8_t(c))) {
            token.kind = SqlToken::Kind::Number;
            while (m_at < m_sql.size() && (std::isalnum(std::uint8_t(m_sql[m_at])) || m_sql[m_at] == '.'))
                ++m_at;
        } else {
            ++m_at;
        }
    }
    /// To the end of a comment, which may have others inside. False: it has none.
    bool comment()
    {
        int depth = 0;
        while (m_at < m_sql.size()) {
            if (rest().starts_with("/*")) {
                ++depth;
                m_at += 2;
            } else if (rest().starts_with("*/")) {
                m_at += 2;
                if (--depth == 0)
                    return true;
            } else {
                ++m_at;
            }
        }
        return false;
    }
    bool quoted(char quote, bool has_escapes)
    {
        ++m_at;
        while (m_at < m_sql.size()) {
            if (has_escapes && m_sql[m_at] == '\\') {
                m_at = std::min(m_at + 2, m_sql.size());
            } else if (m_sql[m_at] == quote) {
                ++m_at;
                if (m_at == m_sql.size() || m_sql[m_at] != quote)
                    return true;
                ++m_at;
            } else {
                ++m_at;
            }
        }
        return false;
    }
    /// The length of $$ or $tag$ here; 0: there is none.
    std::size_t dollarTag() const
    {
        if (m_sql[m_at] != '$')
            return 0;
        std::size_t end = m_at + 1;
        while (end < m_sql.size() && m_sql[end] != '$' && isWordPart(m_sql[end]))
            ++end;
        const bool is_tag = end < m_sql.size() && m_sql[end] == '$' && !std::isdigit(std::uint8_t(m_sql[m_at + 1]));
        return is_tag ? end + 1 - m_at : 0;
    }
    bool dollarQuoted(std::size_t tag)
    {
        const std::string_view mark = m_sql.substr(m_at, tag);
        const std::size_t end = m_sql.find(mark, m_at + tag);
        m_at = end == std::string_view::npos ? m_sql.size() : end + tag;
        return end != std::string_view::npos;
    }

    std::string_view m_sql;
    std::size_t m_at = 0;
};

/// Without its quotes.
std::string unquoted(std::string_view name)
{
    std::string out;
    for (std::size_t i = 1; i + 1 < name.size(); ++i) {
        out += name[i];
        if (name[i] == '"')
            ++i;
    }
    return out;
}

constexpr std::array<std::string_view, 4> reading = {"select", "with", "values", "table"};

SqlProblem notReading(std::string_view word, int position)
{
    if (word == "explain")
        return {"Write the SELECT alone: the Plan button shows how it would run.", position};
    return {"Only SELECT runs here (also WITH, VALUES and TABLE): this panel changes nothing.", position};
}

} // namespace

std::vector<SqlToken> sqlTokens(std::string_view sql)
{
    return Lexer(sql).all();
}

bool isSqlKeyword(std::string_view word)
{
    static constexpr auto words = std::to_array<std::string_view>(
        {"all",       "and",       "any",      "array", "as",       "asc",    "between", "by",     "case",   "cast",
         "collate",   "count",     "cross",    "desc",  "distinct", "else",   "end",     "except", "exists", "false",
         "fetch",     "filter",    "first",    "for",   "from",     "full",   "group",   "having", "ilike",  "in",
         "inner",     "intersect", "interval", "is",    "join",     "last",   "lateral", "left",   "like",   "limit",
         "natural",   "not",       "null",     "nulls", "offset",   "on",     "or",      "order",  "outer",  "over",
         "partition", "recursive", "right",    "row",   "rows",     "select", "table",   "then",   "true",   "union",
         "using",     "values",    "when",     "where", "window",   "with"});
    static_assert(std::is_sorted(words.begin(), words.end()));
    return std::binary_search(words.begin(), words.end(), std::string_view(inSmallLetters(word)));
}

std::optional<SqlProblem> readSelect(std::string_view sql, SelectText& out)
{
    if (sql.size() > Tables::statement_bytes_max)
        return SqlProblem{"The statement is too long: at most 64 KiB.", -1};
    if (const std::size_t nul = sql.find('\0'); nul != std::string_view::npos)
        return SqlProblem{"There is a NUL character in the statement: take it out.", int(nul)};
    std::size_t end = 0;
    bool is_ended = false, has_begun = false;
    for (const SqlToken& token : sqlTokens(sql)) {
        const std::string_view text = sql.substr(token.begin, token.end - token.begin);
        if (token.is_open)
            return SqlProblem{"What begins here has no end: close the quotes or the comment.", int(token.begin)};
        if (token.kind == SqlToken::Kind::Comment)
            continue;
        if (is_ended)
            return SqlProblem{"One statement at a time: take out what follows the semicolon.", int(token.begin)};
        if (text == ";") {
            is_ended = has_begun;
            if (!has_begun)
                return SqlProblem{"There is nothing before the semicolon: write a SELECT.", int(token.begin)};
            continue;
        }
        if (!std::exchange(has_begun, true) && text != "(") {
            const std::string word = inSmallLetters(text);
            if (std::find(reading.begin(), reading.end(), word) == reading.end())
                return notReading(word, int(token.begin));
        }
        if (token.kind == SqlToken::Kind::Word) {
            out.names.push_back(inSmallLetters(text));
            const char after = token.end < sql.size() ? sql[token.end] : '\0';
            if (out.names.back() == "u" && after == '&')
                return SqlProblem{"Write names and texts without U&: as they are.", int(token.begin)};
        } else if (token.kind == SqlToken::Kind::Name) {
            out.names.push_back(unquoted(text));
        }
        end = token.end;
    }
    if (!has_begun)
        return SqlProblem{"Write a SELECT, for example: SELECT status, count(*) FROM orders GROUP BY status", -1};
    out.statement = std::string(sql.substr(0, end));
    std::sort(out.names.begin(), out.names.end());
    out.names.erase(std::unique(out.names.begin(), out.names.end()), out.names.end());
    return std::nullopt;
}

} // namespace orderlab
