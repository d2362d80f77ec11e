#include "lessons/toml_fields.h"

#include "base/suggestion.h"
#include "base/utf8.h"

#include <algorithm>

namespace orderlab {

namespace {

constexpr std::size_t shown_bytes_max = 60;

} // namespace

std::string TomlFields::pathOf(std::string_view name) const
{
    return m_path.empty() ? std::string(name) : m_path + '.' + std::string(name);
}

void TomlFields::noteAt(const toml::node& node, const std::string& field, std::string reason)
{
    const toml::source_position at = node.source().begin;
    // A table of the file's root has no place of its own.
    const std::size_t line = at.line > 0 ? at.line + m_first_line - 1 : 1;
    m_problems.push_back({line, std::max<std::size_t>(at.column, 1), field, std::move(reason)});
}

void TomlFields::note(std::string_view name, std::string reason)
{
    const toml::node* node = m_table.get(name);
    noteAt(node ? *node : static_cast<const toml::node&>(m_table), pathOf(name), std::move(reason));
}

const toml::node* TomlFields::take(std::string_view name)
{
    m_known.push_back(name);
    return m_table.get(name);
}

void TomlFields::string(std::string_view name, std::string& out, bool is_required, std::size_t size_max)
{
    const toml::node* node = take(name);
    if (!node) {
        if (is_required)
            note(name, "is missing: write " + std::string(name) + " = \"…\"");
        return;
    }
    const auto* text = node->as_string();
    if (!text || text->get().empty())
        note(name, "must be a text in quotes");
    else if (text->get().size() > size_max)
        note(name, "must have at most " + std::to_string(size_max) + " bytes");
    else
        out = text->get();
}

void TomlFields::strings(std::string_view name, std::vector<std::string>& out, std::size_t count_max)
{
    const toml::node* node = take(name);
    if (!node)
        return;
    const toml::array* array = node->as_array();
    if (!array || array->size() > count_max)
        return note(name, "must be a list of at most " + std::to_string(count_max) + " texts, such as [\"a\", \"b\"]");
    for (const toml::node& one : *array) {
        const auto* text = one.as_string();
        if (!text || text->get().empty())
            return noteAt(one, pathOf(name), "must be a text in quotes");
        out.push_back(text->get());
    }
}

void TomlFields::integer(std::string_view name, std::uint64_t& out, std::uint64_t min, std::uint64_t max)
{
    const toml::node* node = take(name);
    if (!node)
        return;
    const auto* number = node->as_integer();
    if (!number || number->get() < 0 || std::uint64_t(number->get()) < min || std::uint64_t(number->get()) > max)
        note(name, "must be a whole number from " + std::to_string(min) + " to " + std::to_string(max));
    else
        out = std::uint64_t(number->get());
}

void TomlFields::query(std::string_view name, std::optional<Query>& out)
{
    std::string text;
    string(name, text, false);
    if (text.empty())
        return;
    QueryProblem problem;
    out = readQuery(text, problem);
    if (!out)
        note(name,
             "is no query (docs/query.md), at its character " + std::to_string(problem.column) + ": " + problem.reason);
}

void TomlFields::changes(std::string_view name, std::vector<Change>& out)
{
    std::vector<std::string> texts;
    strings(name, texts);
    for (const std::string& text : texts) {
        if (auto change = parseChange(text))
            out.push_back(std::move(*change));
        else
            note(name, '"' + shortened(text, shown_bytes_max) + "\": " + change.error().message);
    }
}

const toml::table* TomlFields::takeTable(std::string_view name)
{
    const toml::node* node = take(name);
    if (node && !node->is_table())
        note(name, "must be a table: write [" + pathOf(name) + "] and its members below");
    return node ? node->as_table() : nullptr;
}

const toml::array* TomlFields::takeTables(std::string_view name, std::size_t count_max)
{
    const toml::node* node = take(name);
    if (!node)
        return nullptr;
    const toml::array* array = node->as_array();
    const bool are_tables =
        array && std::all_of(array->begin(), array->end(), [](const toml::node& one) { return one.is_table(); });
    if (are_tables && array->size() <= count_max)
        return array;
    note(name,
         "must be at most " + std::to_string(count_max) + " tables, each begun with [[" + std::string(name) + "]]");
    return nullptr;
}

void TomlFields::finish()
{
    for (const auto& [key, node] : m_table) {
        if (std::find(m_known.begin(), m_known.end(), key.str()) == m_known.end())
            noteAt(node, pathOf(shortened(key.str(), shown_bytes_max)), "is unknown" + suggestion(key.str(), m_known));
    }
}

} // namespace orderlab
