#include "postgres/postgres_array.h"

#include <type_traits>

namespace orderlab {

namespace {

/// Object ids of types, which are the same in every database (pg_type.dat of PostgreSQL's source).
constexpr std::uint32_t uuid_type = 2950, timestamptz_type = 1184, bigint_type = 20, text_type = 25, json_type = 114,
                        jsonb_type = 3802, bytea_type = 17;

template <typename Number>
std::string bigEndian(Number number)
{
    std::string bytes(sizeof number, '\0');
    for (std::size_t i = 0; i < sizeof number; ++i)
        bytes[i] = char(std::make_unsigned_t<Number>(number) >> (8 * (sizeof number - 1 - i)));
    return bytes;
}

} // namespace

void PostgresArray::append(std::uint32_t type, std::string_view prefix, std::string_view bytes)
{
    m_type = type;
    ++m_count;
    const std::uint32_t size = std::uint32_t(prefix.size() + bytes.size());
    const char length[] = {char(size >> 24), char(size >> 16), char(size >> 8), char(size)};
    m_items.append(length, sizeof length);
    m_items += prefix;
    m_items += bytes;
}

void PostgresArray::add(const Uuid& id)
{
    append(uuid_type, bigEndian(id.high), bigEndian(id.low));
}

void PostgresArray::add(TimePoint time)
{
    constexpr std::int64_t year_2000_us = 946'684'800'000'000;
    append(timestamptz_type, {}, bigEndian(toMicros(time) - year_2000_us));
}

void PostgresArray::add(std::int64_t number)
{
    append(bigint_type, {}, bigEndian(number));
}

void PostgresArray::addText(std::string_view text)
{
    append(text_type, {}, text);
}

void PostgresArray::addJson(std::string_view text)
{
    append(json_type, {}, text);
}

void PostgresArray::addJsonb(std::string_view text)
{
    append(jsonb_type, "\1", text); // The form's version.
}

void PostgresArray::addBytes(std::string_view bytes)
{
    append(bytea_type, {}, bytes);
}

void PostgresArray::addNull()
{
    ++m_count;
    ++m_nulls;
    m_items += bigEndian(std::int32_t(-1));
}

PostgresParameter PostgresArray::take()
{
    if (m_type == 0) { // Which type it is only the statement knows: in text.
        std::string text = "{";
        for (std::uint32_t i = 0; i < m_count; ++i)
            text += i ? ",NULL" : "NULL";
        return PostgresParameter(text + '}');
    }
    constexpr std::uint32_t dimensions = 1, first_index = 1;
    return PostgresParameter::binary(bigEndian(dimensions) + bigEndian(std::uint32_t(m_nulls > 0)) + bigEndian(m_type)
                                     + bigEndian(m_count) + bigEndian(first_index) + m_items);
}

} // namespace orderlab
