#include "lab/csv_reader.h"

#include "base/utf8.h"

#include <algorithm>

namespace orderlab {

namespace {

constexpr std::size_t block_bytes = 64 * 1024;
constexpr std::size_t no_end = std::string::npos;
constexpr std::string_view blanks = " \t\r";
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

/// Spaces, tabs and carriage returns around a field are what spreadsheets and exports leave, not what anybody means.
void trim(std::string& field)
{
    field.erase(0, field.find_first_not_of(blanks));
    field.erase(field.find_last_not_of(blanks) + 1);
}

/// Takes the lines of one record.
class RecordParser {
public:
    /// `line` with its line end.
    void take(std::string_view line)
    {
        std::string_view text = line;
        if (text.ends_with('\n'))
            text.remove_suffix(1);
        if (text.ends_with('\r'))
            text.remove_suffix(1);
        for (std::size_t i = 0; i < text.size(); ++i) {
            const char c = text[i];
            if (m_quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
                m_field += '"';
                ++i;
            } else if (m_quoted && c == '"') {
                m_quoted = false;
            } else if (m_quoted) {
                m_field += c;
            } else if (c == ',') {
                finishField();
            } else if (c == '"' && m_field.empty() && !m_was_quoted) {
                m_quoted = m_was_quoted = true;
            } else if (c == '"' || m_was_quoted) {
                m_is_broken = true;
                return;
            } else {
                m_field += c;
            }
        }
        if (m_quoted)
            m_field += line.substr(text.size());
        else
            finishField();
    }
    bool isOpen() const { return m_quoted && !m_is_broken; }
    bool isBroken() const { return m_is_broken; }
    bool isReadable(std::size_t expected) const { return !m_quoted && !m_is_broken && m_field_count == expected; }
    void giveTo(CsvRecord& record)
    {
        record.fields = std::move(m_fields);
        record.field_count = m_field_count;
    }

private:
    void finishField()
    {
        if (!m_was_quoted)
            trim(m_field);
        if (++m_field_count <= CsvReader::fields_max)
            m_fields.push_back(std::move(m_field));
        m_field.clear();
        m_was_quoted = false;
    }

    std::vector<std::string> m_fields;
    std::string m_field;
    std::size_t m_field_count = 0;
    bool m_quoted = false, m_was_quoted = false, m_is_broken = false;
};

} // namespace

/// Takes what the stream has without waiting for more than that.
bool CsvReader::fill()
{
    if (m_in.peek() == std::istream::traits_type::eof())
        return false;
    const std::streamsize there = m_in.rdbuf()->in_avail();
    const std::size_t size = std::clamp<std::size_t>(there > 0 ? std::size_t(there) : 1, 1, block_bytes);
    const std::size_t old_size = m_buffer.size();
    m_buffer.resize(old_size + size);
    m_in.read(m_buffer.data() + old_size, std::streamsize(size));
    m_buffer.resize(old_size + std::size_t(m_in.gcount()));
    return m_buffer.size() > old_size;
}

/// Behind the line that begins at `begin` of the buffer, or `no_end` when it goes on beyond `end_max`.
std::size_t CsvReader::endOfLine(std::size_t begin, std::size_t end_max)
{
    for (std::size_t searched = begin;;) {
        const std::size_t found = m_buffer.find('\n', searched);
        if (found != std::string::npos)
            return found < end_max ? found + 1 : no_end;
        searched = m_buffer.size();
        if (searched > end_max)
            return no_end;
        if (!fill())
            return m_buffer.size();
    }
}

/// Only when that is at least half of the buffer, so that each byte is moved once.
void CsvReader::forgetConsumed()
{
    if (m_begin < m_buffer.size() - m_begin)
        return;
    m_buffer.erase(0, m_begin);
    m_begin = 0;
}

void CsvReader::consume(std::size_t end)
{
    m_bytes_read += end - m_begin;
    m_begin = end;
}

bool CsvReader::next(CsvRecord& record)
{
    while (!rest().empty()) {
    }
    forgetConsumed();
    const std::size_t begin = m_begin;
    std::size_t end = endOfLine(begin, begin + record_bytes_max);
    if (end == begin || failed())
        return false;
    record = {};
    record.line = m_line + 1;
    if (end == no_end) {
        end = begin + record_bytes_max;
        record.has_rest = m_in_rest = true;
        record.problem = "is longer than " + std::to_string(record_bytes_max) + " bytes";
    } else {
        extend(record, begin, end);
    }
    m_line += record.lines;
    record.raw.assign(m_buffer, begin, end - begin);
    record.is_blank = !record.has_rest && record.raw.find_first_not_of(" \t\r\n") == std::string::npos;
    if (!record.has_rest && !isUtf8(record.raw))
        record.problem = "is not UTF-8";
    consume(end);
    return true;
}

/// Reads the line before `end` and, where a quoted field goes on, those behind it.
void CsvReader::extend(CsvRecord& record, std::size_t begin, std::size_t& end)
{
    std::size_t text_begin = begin;
    if (m_bytes_read == 0 && std::string_view(m_buffer).substr(begin).starts_with(byte_order_mark))
        text_begin += byte_order_mark.size();
    const auto line = [this](std::size_t from, std::size_t to) {
        return std::string_view(m_buffer).substr(from, to - from);
    };
    const std::size_t first_end = end;
    RecordParser parser;
    parser.take(line(text_begin, first_end));
    if (!parser.isOpen()) {
        if (parser.isBroken())
            record.problem = "a quote is in the wrong place";
        parser.giveTo(record);
        return;
    }
    std::size_t second_end = first_end;
    while (parser.isOpen()) {
        const std::size_t next_end = endOfLine(end, begin + record_bytes_max);
        if (next_end == no_end || next_end == end)
            break;
        parser.take(line(end, next_end));
        if (record.lines++ == 1)
            second_end = next_end;
        end = next_end;
    }
    bool ends_with_its_line = parser.isOpen() || parser.isBroken();
    if (!ends_with_its_line && m_expected > 0 && !parser.isReadable(m_expected)) {
        RecordParser second;
        second.take(line(first_end, second_end));
        ends_with_its_line = second.isReadable(m_expected);
    }
    if (ends_with_its_line) {
        end = first_end;
        record.lines = 1;
        record.problem = "a quoted field does not end";
    }
    parser.giveTo(record);
}

std::string_view CsvReader::rest()
{
    if (!m_in_rest)
        return {};
    forgetConsumed();
    const std::size_t begin = m_begin;
    if (begin == m_buffer.size() && !fill()) {
        m_in_rest = false;
        return {};
    }
    std::size_t end = m_buffer.find('\n', begin);
    m_in_rest = end == std::string::npos;
    end = m_in_rest ? m_buffer.size() : end + 1;
    consume(end);
    return std::string_view(m_buffer).substr(begin, end - begin);
}

} // namespace orderlab
