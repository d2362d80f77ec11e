#include "journal/query.h"

#include "base/duration.h"
#include "base/json_tree.h"
#include "base/suggestion.h"
#include "base/utf8.h"
#include "journal/query_lexer.h"
#include "journal/query_test_reader.h"

#include <algorithm>

namespace orderlab {

namespace {

constexpr std::size_t shown_word_bytes = 60; ///< Of what somebody wrote, in messages.

/// The grammar of query.h by recursive descent. After the first problem nothing more is read.
class QueryParser {
public:
    explicit QueryParser(std::vector<QueryToken> tokens) : m_tokens(std::move(tokens)) {}

    QueryExpression read()
    {
        m_all.root = readAlternatives();
        if (isFine() && now().type != QueryToken::Type::End)
            note("expected and, or, or another condition, but there is " + shownToken());
        return std::move(m_all);
    }
    const QueryTextProblem& problem() const { return m_problem; }

private:
    using Type = QueryNode::Type;

    bool isFine() const { return m_problem.reason.empty(); }
    const QueryToken& now() const { return m_tokens[m_at]; }
    bool isWord(std::string_view word) const { return now().type == QueryToken::Type::Word && now().text == word; }
    bool take(std::string_view word)
    {
        const bool is_it = isWord(word);
        m_at += is_it;
        return is_it;
    }

    void note(std::string reason) { noteAt(now().offset, std::move(reason)); }
    void noteAt(std::size_t offset, std::string reason)
    {
        if (isFine())
            m_problem = {offset, std::move(reason)};
    }
    std::string shownToken() const
    {
        return now().type == QueryToken::Type::End ? std::string("nothing more")
                                                   : shortened(now().text, shown_word_bytes);
    }

    std::uint32_t add(QueryNode node)
    {
        m_all.nodes.push_back(node);
        return std::uint32_t(m_all.nodes.size() - 1);
    }
    std::uint32_t addLeaf(Type type, std::size_t index, std::size_t offset)
    {
        if (m_all.leaves == Query::terms_max)
            noteAt(offset, "a query has at most " + std::to_string(Query::terms_max) + " conditions");
        return add({type, std::uint32_t(index), 0, m_all.leaves++});
    }

    std::uint32_t readAlternatives()
    {
        std::uint32_t left = readAll();
        while (isFine() && take("or"))
            left = join(Type::Or, left, readAll());
        return left;
    }

    std::uint32_t readAll()
    {
        std::uint32_t left = readOne();
        while (isFine() && (take("and") || beginsCondition()))
            left = join(Type::And, left, readOne());
        return left;
    }

    /// The right side is read first, so that the node stands behind both.
    std::uint32_t join(Type type, std::uint32_t left, std::uint32_t right) { return add({type, left, right, 0}); }

    bool beginsCondition() const
    {
        return now().type == QueryToken::Type::Open
               || (now().type == QueryToken::Type::Word && now().text != "or" && now().text != "and");
    }

    std::uint32_t readOne()
    {
        if (m_depth == Query::nesting_max)
            note("a query nests at most " + std::to_string(Query::nesting_max) + " levels deep");
        if (!isFine())
            return 0;
        ++m_depth;
        const std::uint32_t node = readDeeper();
        --m_depth;
        return node;
    }

    std::uint32_t readDeeper()
    {
        if (now().type == QueryToken::Type::Open)
            return readGroup();
        if (take("not")) {
            const std::uint32_t inner = readOne();
            return add({Type::Not, inner, 0, 0});
        }
        if (now().type != QueryToken::Type::Word || isWord("and") || isWord("or")) {
            note("expected a condition, such as a kind of entry or group=payment, but there is " + shownToken());
            return 0;
        }
        if (isWord("preceded-by") || isWord("followed-by"))
            return readRelation();
        if (isWord("same") || isWord("within")) {
            note("`" + now().text
                 + "` must stand behind the kind of preceded-by or followed-by: preceded-by KIND same FIELD within "
                   "TIME");
            return 0;
        }
        return m_tokens[m_at + 1].type == QueryToken::Type::Operator ? readTest() : readKind();
    }

    std::uint32_t readGroup()
    {
        ++m_at;
        const std::uint32_t inner = readAlternatives();
        if (isFine() && now().type != QueryToken::Type::Close)
            note("expected ), but there is " + shownToken());
        m_at += isFine();
        return inner;
    }

    std::uint32_t readKind()
    {
        const QueryToken& word = now();
        QueryTest test{*findQueryField("kind")};
        test.kinds = kindBit(entryKindOf(word.text));
        if (entryKindOf(word.text) == EntryKind::None) {
            const QueryField* field = findQueryField(word.text);
            note(field ? word.text + " needs an operator and a value, such as " + word.text + exampleOf(*field)
                       : unknownKind(word.text));
            return 0;
        }
        m_all.tests.push_back(std::move(test));
        const std::uint32_t leaf = addLeaf(Type::Test, m_all.tests.size() - 1, word.offset);
        ++m_at;
        return leaf;
    }

    static std::string exampleOf(const QueryField& field)
    {
        return field.member == QueryMember::Time ? ">1.5s" : field.isNumber() ? ">=1" : "=VALUE";
    }

    const QueryField* readField()
    {
        const QueryField* field = now().type == QueryToken::Type::Word ? findQueryField(now().text) : nullptr;
        if (!field && now().type != QueryToken::Type::Word)
            note("expected the name of a field, but there is " + shownToken());
        else if (!field) {
            std::vector<std::string_view> names;
            for (const QueryField& one : queryFields())
                names.push_back(one.name);
            note("there is no field \"" + shownToken() + '"' + suggestion(now().text, names));
        } else
            ++m_at;
        return field;
    }

    std::uint32_t readTest()
    {
        const std::size_t begin = now().offset;
        const QueryField* field = readField();
        if (!field)
            return 0;
        const QueryToken& compare = m_tokens[m_at++];
        const QueryToken& value = now();
        if (value.type != QueryToken::Type::Word && value.type != QueryToken::Type::String) {
            note("expected a value behind " + compare.text + ", but there is " + shownToken());
            return 0;
        }
        if (!value.is_whole) {
            noteAt(value.offset, "the string has no closing \"");
            return 0;
        }
        QueryTest test;
        std::string reason;
        bool is_value = false;
        if (!readQueryTest(*field, compare.text, value.text, test, reason, is_value)) {
            noteAt(is_value ? value.offset : compare.offset, std::move(reason));
            return 0;
        }
        ++m_at;
        m_all.tests.push_back(std::move(test));
        return addLeaf(Type::Test, m_all.tests.size() - 1, begin);
    }

    std::uint32_t readRelation()
    {
        const std::size_t begin = now().offset;
        QueryRelation relation;
        relation.is_ahead = isWord("followed-by");
        if (relation.is_ahead && m_relations > 0)
            note("followed-by may not stand inside another preceded-by or followed-by; begin with the last entry and "
                 "use preceded-by");
        const std::string name = now().text;
        ++m_at;
        if (now().type != QueryToken::Type::Open && entryKindOf(now().text) == EntryKind::None)
            note(now().type == QueryToken::Type::Word && m_tokens[m_at + 1].type != QueryToken::Type::Operator
                     ? unknownKind(now().text)
                     : "expected a kind of entry or ( behind " + name + ", but there is " + shownToken());
        if (!isFine())
            return 0;
        ++m_relations;
        relation.target = readOne();
        --m_relations;
        readSame(relation);
        readWithin(relation);
        m_all.looks_ahead = m_all.looks_ahead || relation.is_ahead;
        m_all.relations.push_back(std::move(relation));
        return addLeaf(Type::Relation, m_all.relations.size() - 1, begin);
    }

    void readSame(QueryRelation& relation)
    {
        while (isFine() && take("same")) {
            const std::size_t offset = now().offset;
            const QueryField* field = readField();
            if (!field)
                return;
            if (field->member == QueryMember::Time || field->member == QueryMember::Entry)
                noteAt(offset, "no two entries need have the same " + std::string(field->name)
                                   + "; use order, event, group, member, topic, partition or another field");
            if (relation.same.size() == Query::same_max)
                noteAt(offset, "at most " + std::to_string(Query::same_max) + " fields may be the same");
            relation.same.push_back(*field);
        }
    }

    void readWithin(QueryRelation& relation)
    {
        if (!isFine() || !take("within"))
            return;
        const auto duration = parseDuration(now().type == QueryToken::Type::Word ? now().text : std::string());
        if (!duration) {
            note(now().type == QueryToken::Type::End ? "expected a time behind within, such as 2s"
                                                     : "within " + duration.error().message);
            return;
        }
        relation.within = *duration;
        ++m_at;
        if (isWord("same"))
            note("`same` must stand before `within`");
    }

    const std::vector<QueryToken> m_tokens;
    std::size_t m_at = 0;
    std::size_t m_depth = 0, m_relations = 0;
    QueryExpression m_all;
    QueryTextProblem m_problem;
};

} // namespace

Query::Query(std::string text, std::shared_ptr<const QueryExpression> expression)
    : m_text(std::move(text)), m_expression(std::move(expression))
{}

bool Query::looksAhead() const
{
    return m_expression->looks_ahead;
}

std::optional<Query> readQuery(std::string_view text, QueryProblem& problem)
{
    if (text.size() > Query::bytes_max) {
        problem = {1, "a query has at most " + std::to_string(Query::bytes_max) + " bytes"};
        return {};
    }
    QueryTextProblem wrong;
    auto tokens = tokensOf(text, wrong);
    QueryExpression expression;
    if (wrong.reason.empty()) {
        QueryParser parser(std::move(tokens));
        expression = parser.read();
        wrong = parser.problem();
    }
    if (!wrong.reason.empty()) {
        problem = {placeOf(text, wrong.offset).column, std::move(wrong.reason)};
        return {};
    }
    return Query(std::string(text), std::make_shared<const QueryExpression>(std::move(expression)));
}

Result<Query> parseQuery(std::string_view text)
{
    QueryProblem problem;
    auto query = readQuery(text, problem);
    if (!query)
        return invalidArgument("", "1:" + std::to_string(problem.column) + ": " + problem.reason);
    return std::move(*query);
}

} // namespace orderlab
