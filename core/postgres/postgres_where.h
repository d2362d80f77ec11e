#pragma once
#include "postgres/postgres_connection.h"

namespace orderlab {

/// Puts the conditions of a query together; what is compared travels as a parameter.
class PostgresWhere {
public:
    /// `condition` has one "?" for the value.
    void add(std::string_view condition, std::string value)
    {
        const std::size_t mark = condition.find('?');
        m_text += m_text.empty() ? " WHERE " : " AND ";
        m_text += condition.substr(0, mark);
        m_text += parameter(std::move(value));
        m_text += condition.substr(mark + 1);
    }
    std::string parameter(std::string value)
    {
        m_parameters.emplace_back(std::move(value));
        std::string name(1, '$');
        name += std::to_string(m_parameters.size());
        return name;
    }
    PostgresStatement take(const std::string& before, const std::string& behind)
    {
        return {nullptr, std::move(m_parameters), before + m_text + behind};
    }

    /// For statements with more than one place for the conditions.
    const std::string& text() const { return m_text; }
    std::vector<PostgresParameter> takeParameters() { return std::move(m_parameters); }

private:
    std::string m_text;
    std::vector<PostgresParameter> m_parameters;
};

} // namespace orderlab
