#pragma once
#include "lessons/lesson.h"

#include <toml++/toml.h>

namespace orderlab {

/// Reads the members of one TOML table into fields and notes everything that is wrong with them, as JsonFields does of
/// JSON. A member that is absent leaves its field as it is. Call finish() last: it notes members that nobody asked for.
/// One thread.
class TomlFields {
public:
    /// `path`: how people name the table ("predict[2]"); "": the whole text. `first_line` of the file is what TOML
    /// calls line 1. Table and problems must outlive this.
    TomlFields(const toml::table& table, std::string path, std::size_t first_line, std::vector<LessonProblem>& problems)
        : m_table(table), m_path(std::move(path)), m_first_line(first_line), m_problems(problems)
    {}

    bool has(std::string_view name) const { return m_table.contains(name); }
    /// One to `size_max` bytes.
    void string(std::string_view name, std::string& out, bool is_required, std::size_t size_max = 4'000);
    void strings(std::string_view name, std::vector<std::string>& out, std::size_t count_max = 20);
    void integer(std::string_view name, std::uint64_t& out, std::uint64_t min, std::uint64_t max);
    /// A query of the journal (docs/query.md).
    void query(std::string_view name, std::optional<Query>& out);
    void changes(std::string_view name, std::vector<Change>& out);

    /// Calls `read(TomlFields&)` for the table of this name, where there is one.
    template <typename Read>
    void table(std::string_view name, Read read)
    {
        if (const toml::table* inner = takeTable(name)) {
            TomlFields fields(*inner, pathOf(name), m_first_line, m_problems);
            read(fields);
            fields.finish();
        }
    }
    /// Calls `read(TomlFields&)` for each [[name]], at most `count_max`.
    template <typename Read>
    void tables(std::string_view name, std::size_t count_max, Read read)
    {
        const toml::array* array = takeTables(name, count_max);
        for (std::size_t i = 0; array && i < array->size(); ++i) {
            TomlFields fields(*array->get(i)->as_table(), pathOf(name) + '[' + std::to_string(i + 1) + ']',
                              m_first_line, m_problems);
            read(fields);
            fields.finish();
        }
    }

    /// At the member, or at the table where there is no such member.
    void note(std::string_view name, std::string reason);
    void finish();

private:
    std::string pathOf(std::string_view name) const;
    const toml::node* take(std::string_view name);
    const toml::table* takeTable(std::string_view name);
    const toml::array* takeTables(std::string_view name, std::size_t count_max);
    void noteAt(const toml::node& node, const std::string& field, std::string reason);

    const toml::table& m_table;
    const std::string m_path;
    const std::size_t m_first_line;
    std::vector<LessonProblem>& m_problems;
    std::vector<std::string_view> m_known;
};

} // namespace orderlab
