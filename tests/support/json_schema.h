#pragma once
#include "base/json_tree.h"

#include <cmath>
#include <regex>
#include <stdexcept>

namespace orderlab::testing {

/// Checks values against a JSON Schema (2020-12), as far as our own schemas go: a keyword it does not know is an error,
/// so that no rule of a schema is passed over in silence.
class JsonSchema {
public:
    explicit JsonSchema(JsonNode root) : m_root(std::move(root)) {}

    bool accepts(const JsonNode& value) const { return accepts(m_root, value); }

private:
    static double number(const JsonNode& node) { return std::stod(node.text); }
    static bool isType(const std::string& type, const JsonNode& value)
    {
        if (type == "integer")
            return value.type == JsonType::Number && number(value) == std::floor(number(value));
        return (type == "object" && value.type == JsonType::Object)
               || (type == "array" && value.type == JsonType::Array)
               || (type == "string" && value.type == JsonType::String)
               || (type == "number" && value.type == JsonType::Number)
               || (type == "boolean" && value.type == JsonType::Boolean);
    }
    static bool isOne(const JsonNode& a, const JsonNode& b) { return a.type == b.type && a.text == b.text; }

    bool accepts(const JsonNode& schema, const JsonNode& value) const
    {
        for (const JsonNode::Member& rule : schema.members) {
            if (!keeps(schema, rule.name, rule.value, value))
                return false;
        }
        return true;
    }

    bool keeps(const JsonNode& schema, const std::string& keyword, const JsonNode& rule, const JsonNode& value) const
    {
        const bool is_object = value.type == JsonType::Object, is_array = value.type == JsonType::Array;
        const bool is_number = value.type == JsonType::Number, is_string = value.type == JsonType::String;
        if (keyword == "$schema" || keyword == "$id" || keyword == "$defs" || keyword == "title"
            || keyword == "description" || keyword == "then" || keyword == "default" || keyword == "format")
            return true;
        if (keyword == "$ref")
            return accepts(*m_root.find("$defs")->find(rule.text.substr(std::string("#/$defs/").size())), value);
        if (keyword == "type")
            return isType(rule.text, value);
        if (keyword == "const")
            return isOne(rule, value);
        if (keyword == "enum") {
            for (const JsonNode& one : rule.items) {
                if (isOne(one, value))
                    return true;
            }
            return false;
        }
        if (keyword == "minimum")
            return !is_number || number(value) >= number(rule);
        if (keyword == "maximum")
            return !is_number || number(value) <= number(rule);
        if (keyword == "exclusiveMinimum")
            return !is_number || number(value) > number(rule);
        if (keyword == "minLength")
            return !is_string || double(value.text.size()) >= number(rule);
        if (keyword == "maxLength")
            return !is_string || double(value.text.size()) <= number(rule);
        if (keyword == "pattern")
            return !is_string || std::regex_search(value.text, std::regex(rule.text));
        if (keyword == "maxItems")
            return !is_array || double(value.items.size()) <= number(rule);
        if (keyword == "items")
            return !is_array || all(value.items, [&](const JsonNode& item) { return accepts(rule, item); });
        if (keyword == "required")
            return !is_object
                   || all(rule.items, [&](const JsonNode& name) { return value.find(name.text) != nullptr; });
        if (keyword == "properties")
            return !is_object || all(rule.members, [&](const JsonNode::Member& member) {
                const JsonNode* there = value.find(member.name);
                return !there || accepts(member.value, *there);
            });
        if (keyword == "additionalProperties" && rule.text == "false") {
            const JsonNode* properties = schema.find("properties");
            return !is_object || all(value.members, [&](const JsonNode::Member& member) {
                return properties->find(member.name) != nullptr;
            });
        }
        if (keyword == "not")
            return !accepts(rule, value);
        if (keyword == "allOf")
            return all(rule.items, [&](const JsonNode& one) { return accepts(one, value); });
        if (keyword == "anyOf" || keyword == "oneOf") {
            int accepted = 0;
            for (const JsonNode& one : rule.items)
                accepted += accepts(one, value);
            return keyword == "anyOf" ? accepted > 0 : accepted == 1;
        }
        if (keyword == "if")
            return !accepts(rule, value) || accepts(*schema.find("then"), value);
        throw std::logic_error("the schema uses " + keyword + ", which this checker does not know");
    }

    template <typename Items, typename Predicate>
    static bool all(const Items& items, Predicate predicate)
    {
        for (const auto& item : items) {
            if (!predicate(item))
                return false;
        }
        return true;
    }

    const JsonNode m_root;
};

} // namespace orderlab::testing
