#pragma once
#include "base/json_fields.h"

#include <string>
#include <vector>

namespace orderlab {

inline JsonNode namesNode(const std::vector<std::string>& names)
{
    JsonNode node = JsonNode::array();
    for (const std::string& name : names)
        node.items.push_back(JsonNode::string(name));
    return node;
}

/// Builds an object of those members whose values are not the usual ones.
struct JsonDifferences {
    JsonNode node = JsonNode::object();

    void integer(const char* name, std::uint64_t value, std::uint64_t usual)
    {
        if (value != usual)
            node.add(name, JsonNode::number(value));
    }
    void number(const char* name, double value, double usual)
    {
        if (value != usual)
            node.add(name, JsonNode::number(value));
    }
    void milliseconds(const char* name, Duration value, Duration usual)
    {
        if (value != usual)
            node.add(name, durationNode(value, 1e3));
    }
    void names(const char* name, const std::vector<std::string>& value, const std::vector<std::string>& usual)
    {
        if (value != usual)
            node.add(name, namesNode(value));
    }
};

} // namespace orderlab
