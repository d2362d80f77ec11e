#pragma once
#include "base/time.h"
#include "journal/query_fields.h"

#include <optional>
#include <string>
#include <vector>

namespace orderlab {

enum class QueryOperator : std::uint8_t { Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual, Contains };

/// FIELD operator VALUE, read.
struct QueryTest {
    QueryField field;
    QueryOperator compare = QueryOperator::Equal;
    std::string text = {};   ///< Of a name, or what an id is to contain; digits of an id, without hyphens.
    std::int64_t number = 0; ///< Microseconds, for a time.
    KindSet kinds = 0;       ///< For kinds: those that pass.
};

struct QueryRelation {
    bool is_ahead = false; ///< followed-by.
    std::uint32_t target = 0;
    std::vector<QueryField> same = {};
    std::optional<Duration> within = {};
};

/// One node of the tree. `left` and `right` are nodes; of a leaf, `left` is its test or its relation.
struct QueryNode {
    enum class Type : std::uint8_t { And, Or, Not, Test, Relation } type = Type::Test;
    std::uint32_t left = 0, right = 0;
    std::uint32_t leaf = 0; ///< Number of a test or relation among all of them.
};

/// What a query says. Relations stand behind those inside their targets.
struct QueryExpression {
    std::vector<QueryNode> nodes;
    std::vector<QueryTest> tests;
    std::vector<QueryRelation> relations;
    std::uint32_t root = 0;
    std::uint32_t leaves = 0;
    bool looks_ahead = false;
};

} // namespace orderlab
