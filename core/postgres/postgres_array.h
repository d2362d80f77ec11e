#pragma once
#include "base/time.h"
#include "base/uuid.h"
#include "postgres/postgres_connection.h"

namespace orderlab {

/// An array parameter in PostgreSQL's binary form (array_recv() of its source, and each type's own …recv()), which
/// saves the server reading ids and times as text. All items are of one kind; numbers are bigint.
class PostgresArray {
public:
    void add(const Uuid& id);
    void add(TimePoint time); ///< For timestamptz.
    void add(std::int64_t number);
    void addText(std::string_view text);
    void addJson(std::string_view text);
    void addJsonb(std::string_view text);
    void addBytes(std::string_view bytes); ///< For bytea.
    void addNull();
    /// Null when the id is null.
    void addOptional(const Uuid& id) { id.isNull() ? addNull() : add(id); }
    PostgresParameter take();

private:
    void append(std::uint32_t type, std::string_view prefix, std::string_view bytes);
    std::string m_items;      ///< Each with its length before it.
    std::uint32_t m_type = 0; ///< The items'; 0: all are null so far.
    std::uint32_t m_count = 0, m_nulls = 0;
};

} // namespace orderlab
