#include "headless/json_text.h"

#include <cstdlib>

namespace orderlab {

const JsonNode& in(const JsonNode& node, std::string_view name)
{
    static const JsonNode none;
    const JsonNode* member = node.find(name);
    return member ? *member : none;
}

std::string textIn(const JsonNode& node, std::string_view name)
{
    return in(node, name).text;
}

std::int64_t numberIn(const JsonNode& node, std::string_view name)
{
    return std::atoll(in(node, name).text.c_str());
}

std::string padded(std::string_view text, std::size_t width)
{
    std::string cell(text);
    cell.append(text.size() < width ? width - text.size() : 1, ' ');
    return cell;
}

} // namespace orderlab
