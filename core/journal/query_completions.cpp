#include "journal/query_completions.h"

#include "domain/group_name.h"
#include "journal/query.h"
#include "journal/query_lexer.h"

#include <algorithm>
#include <array>

namespace orderlab {

namespace {

using TokenType = QueryToken::Type;

bool isRelationWord(const QueryToken& token)
{
    return token.type == TokenType::Word && (token.text == "preceded-by" || token.text == "followed-by");
}

bool isWordOf(const QueryToken& token, std::string_view text)
{
    return token.type == TokenType::Word && token.text == text;
}

/// As a value has to be written.
std::string spelledValue(const std::string& value)
{
    QueryTextProblem problem;
    const auto tokens = tokensOf(value, problem);
    if (problem.reason.empty() && tokens.size() == 2 && tokens[0].type == TokenType::Word)
        return value;
    std::string quoted = "\"";
    for (const char c : value) {
        if (c == '"' || c == '\\')
            quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

/// Chooses what may follow the tokens before the cursor.
class Completer {
public:
    Completer(std::span<const QueryToken> before, std::string_view begin, const QueryNames& names)
        : m_before(before), m_begin(begin), m_names(names)
    {}

    std::vector<std::string> words()
    {
        choose();
        std::sort(m_words.begin(), m_words.end());
        m_words.erase(std::unique(m_words.begin(), m_words.end()), m_words.end());
        if (m_words.size() > query_completions_max)
            m_words.resize(query_completions_max);
        return std::move(m_words);
    }

private:
    const QueryToken& last(std::size_t back = 0) const
    {
        static const QueryToken none;
        return back < m_before.size() ? m_before[m_before.size() - 1 - back] : none;
    }

    void choose()
    {
        if (last().type == TokenType::Operator) {
            if (const QueryField* field = findQueryField(last(1).text))
                addValues(*field);
        } else if (isWordOf(last(), "same"))
            addFields(true);
        else if (isRelationWord(last()))
            addAll(queryKinds());
        else if (!isWordOf(last(), "within"))
            addConditions();
    }

    void addConditions()
    {
        addAll(queryKinds());
        addFields(false);
        addAll(std::array<std::string_view, 3>{"not", "preceded-by", "followed-by"});
        const bool begins = m_before.empty() || last().type == TokenType::Open || isWordOf(last(), "and")
                            || isWordOf(last(), "or") || isWordOf(last(), "not");
        if (begins)
            return;
        addAll(std::array<std::string_view, 2>{"and", "or"});
        if (endsRelation())
            addAll(std::array<std::string_view, 2>{"same", "within"});
    }

    /// Whether `same` or `within` may follow: behind a relation's target or its `same FIELD`.
    bool endsRelation() const
    {
        std::size_t back = 0;
        while (isWordOf(last(back + 1), "same"))
            back += 2;
        if (last(back).type != TokenType::Close)
            return isRelationWord(last(back + 1));
        std::size_t open = 0;
        do {
            open += last(back).type == TokenType::Close;
            open -= last(back).type == TokenType::Open;
            ++back;
        } while (open > 0 && back < m_before.size());
        return isRelationWord(last(back));
    }

    void addValues(const QueryField& field)
    {
        if (field.member == QueryMember::Kind)
            addAll(queryKinds());
        else if (field.isName()) {
            for (const std::string& name : m_names.withBegin(field, m_begin, query_completions_max))
                m_words.push_back(spelledValue(name));
        }
    }

    void addFields(bool for_same)
    {
        for (const QueryField& field : queryFields()) {
            if (!for_same || (field.member != QueryMember::Time && field.member != QueryMember::Entry))
                addOne(field.name);
        }
    }

    void addAll(std::span<const std::string_view> words)
    {
        for (const std::string_view word : words)
            addOne(word);
    }

    void addOne(std::string_view word)
    {
        if (word.starts_with(m_begin))
            m_words.emplace_back(word);
    }

    std::span<const QueryToken> m_before;
    std::string_view m_begin;
    const QueryNames& m_names;
    std::vector<std::string> m_words;
};

} // namespace

void QueryNames::add(std::span<const Entry> entries)
{
    if (m_seen.empty()) {
        for (const QueryMember member :
             {QueryMember::Topic, QueryMember::Group, QueryMember::Actor, QueryMember::Detail})
            m_seen.push_back({member, {}});
    }
    for (Seen& seen : m_seen) {
        for (const Entry& entry : entries) {
            const NameId id = nameIn(entry, seen.member);
            if (id >= seen.kinds.size())
                seen.kinds.resize(std::size_t(id) + 1);
            seen.kinds[id] |= kindBit(entry.kind);
        }
    }
}

std::vector<std::string> QueryNames::withBegin(const QueryField& field, std::string_view begin, std::size_t max) const
{
    const auto seen =
        std::find_if(m_seen.begin(), m_seen.end(), [&](const Seen& s) { return s.member == field.member; });
    std::vector<std::string> found;
    for (std::size_t id = 1; id < m_names->size() && found.size() < max; ++id) {
        const bool is_there = seen == m_seen.end() || (id < seen->kinds.size() && (seen->kinds[id] & field.kinds) != 0);
        if (!is_there)
            continue;
        const std::string_view name = m_names->text(NameId(id));
        const std::string_view brief = field.member == QueryMember::Group ? shortGroupName(name) : name;
        if (brief.starts_with(begin))
            found.emplace_back(brief);
        else if (name.starts_with(begin))
            found.emplace_back(name);
    }
    return found;
}

QueryCompletions completionsAt(std::string_view text, std::size_t cursor, const QueryNames& names)
{
    const std::string_view before = text.substr(0, std::min({cursor, text.size(), Query::bytes_max}));
    QueryTextProblem problem;
    auto tokens = tokensOf(before, problem);
    QueryCompletions all{before.size(), before.size(), {}};
    if (!problem.reason.empty())
        return all;
    tokens.pop_back();
    std::string begin;
    // The word that the cursor touches is not finished; a string is finished by its closing quote.
    if (!tokens.empty()) {
        const QueryToken& token = tokens.back();
        const bool touches = token.type == TokenType::Word && !before.ends_with(' ') && !before.ends_with('\t');
        if (touches || !token.is_whole) {
            begin = token.text;
            all.begin = token.offset;
            tokens.pop_back();
        }
    }
    all.words = Completer(tokens, begin, names).words();
    return all;
}

std::vector<std::string> completions(std::string_view text, std::size_t cursor, const QueryNames& names)
{
    return completionsAt(text, cursor, names).words;
}

} // namespace orderlab
