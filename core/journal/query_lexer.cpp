#include "journal/query_lexer.h"

#include "base/utf8.h"

namespace orderlab {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

bool isOperatorByte(char c)
{
    return c == '=' || c == '!' || c == '<' || c == '>' || c == '~';
}

bool isWordByte(char c)
{
    return !isBlank(c) && !isOperatorByte(c) && c != '(' && c != ')' && c != '"';
}

/// One reading of a text.
class Lexer {
public:
    Lexer(std::string_view text, QueryTextProblem& problem) : m_text(text), m_problem(problem) {}

    std::vector<QueryToken> read()
    {
        std::vector<QueryToken> tokens;
        while (m_problem.reason.empty()) {
            while (m_at < m_text.size() && isBlank(m_text[m_at]))
                ++m_at;
            QueryToken token = next();
            if (!m_problem.reason.empty())
                break;
            tokens.push_back(std::move(token));
            if (tokens.back().type == QueryToken::Type::End)
                return tokens;
        }
        tokens.push_back({QueryToken::Type::End, {}, m_problem.offset});
        return tokens;
    }

private:
    QueryToken next()
    {
        const std::size_t begin = m_at;
        if (begin == m_text.size())
            return {QueryToken::Type::End, {}, begin};
        const char c = m_text[begin];
        if (c == '(' || c == ')') {
            ++m_at;
            return {c == '(' ? QueryToken::Type::Open : QueryToken::Type::Close, std::string(1, c), begin};
        }
        if (isOperatorByte(c))
            return readOperator(begin);
        return c == '"' ? readString(begin) : readWord(begin);
    }

    QueryToken readOperator(std::size_t begin)
    {
        const char c = m_text[m_at++];
        const bool may_go_on = c == '!' || c == '<' || c == '>';
        if (may_go_on && m_at < m_text.size() && m_text[m_at] == '=')
            ++m_at;
        else if (c == '!')
            note(begin, "! must be followed by =; `not` negates a condition");
        return {QueryToken::Type::Operator, std::string(m_text.substr(begin, m_at - begin)), begin};
    }

    QueryToken readString(std::size_t begin)
    {
        QueryToken token{QueryToken::Type::String, {}, begin, false};
        for (++m_at; m_at < m_text.size();) {
            if (m_text[m_at] == '"') {
                ++m_at;
                token.is_whole = true;
                return token;
            }
            const bool is_escape = m_text[m_at] == '\\';
            if (is_escape && m_at + 1 < m_text.size() && m_text[m_at + 1] != '"' && m_text[m_at + 1] != '\\') {
                note(m_at, "\\ in a string must be followed by \" or \\");
                return token;
            }
            m_at += is_escape;
            if (m_at < m_text.size() && !takeCharacter(token.text))
                return token;
        }
        return token;
    }

    QueryToken readWord(std::size_t begin)
    {
        QueryToken token{QueryToken::Type::Word, {}, begin};
        while (m_at < m_text.size() && isWordByte(m_text[m_at]) && takeCharacter(token.text)) {
        }
        return token;
    }

    bool takeCharacter(std::string& to)
    {
        const std::string_view rest = m_text.substr(m_at);
        const std::size_t length = characterLength(rest);
        if (length == 0 || !printableLength(rest.substr(0, length))) {
            note(m_at, length == 0 ? "is not UTF-8 from here on" : "a query has no control characters");
            return false;
        }
        to += rest.substr(0, length);
        m_at += length;
        return true;
    }

    void note(std::size_t offset, const char* reason) { m_problem = {offset, reason}; }

    std::string_view m_text;
    QueryTextProblem& m_problem;
    std::size_t m_at = 0;
};

} // namespace

std::vector<QueryToken> tokensOf(std::string_view text, QueryTextProblem& problem)
{
    problem = {};
    return Lexer(text, problem).read();
}

} // namespace orderlab
