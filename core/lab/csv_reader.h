#pragma once
#include <cstdint>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

namespace orderlab {

/// One record of a CSV file.
struct CsvRecord {
    std::uint64_t line = 0;  ///< Its first line in the file, from 1.
    std::uint64_t lines = 1; ///< More than one where a quoted field has line breaks.
    std::string raw;         ///< Its bytes as they are in the file, line end included; at most `record_bytes_max`.
    bool has_rest = false;   ///< The record is longer than `raw`; CsvReader::rest() gives what follows.
    std::vector<std::string> fields; ///< At most `fields_max`; a byte order mark and quotes are taken off.
    std::size_t field_count = 0;     ///< Of all fields.
    std::string problem;             ///< Why it is no record of CSV; empty when it is one.
    bool is_blank = false;           ///< Nothing but blanks and a line end.
};

/// Reads CSV (RFC 4180, UTF-8; LF or CRLF; a byte order mark is skipped) record by record. No byte is lost: `raw` and
/// rest() of all records, one after the other, are the file. One thread; blocks as the stream does, but never for more
/// than is there.
///
/// A broken record ends with its line, so that what follows can be read. Broken is: a quote in the wrong place; a
/// quoted field that does not end within `record_bytes_max`; a record of several lines that has not the expected number
/// of fields while its second line alone has. A record of several lines that keeps to RFC 4180 stays one record,
/// whatever is in it. Memory: about twice `record_bytes_max`.
///
/// Not a library's work: libcsv 3.0 gives fields without the bytes they were made of, takes a lone carriage return for
/// a line end, and cannot go back to the line after a quote that was never closed.
class CsvReader {
public:
    static constexpr std::size_t record_bytes_max =
        1024 * 1024;                              ///< An order has some hundred; a longer record is broken.
    static constexpr std::size_t fields_max = 16; ///< Kept of one record; an order has four.

    explicit CsvReader(std::istream& in) : m_in(in) {}

    /// How many fields a record should have; 0 (as at first): any number.
    void expectFields(std::size_t count) { m_expected = count; }
    /// False at the end of the file, or where the stream fails (failed()). What rest() has not given is skipped.
    bool next(CsvRecord& record);
    /// The next bytes of the record that next() gave last; empty when there are no more. Valid until the next call.
    std::string_view rest();
    /// Reading ended because of the stream, not of the file.
    bool failed() const { return m_in.bad(); }
    /// Whether a whole line was taken from the stream already.
    bool hasLine() const { return m_buffer.find('\n', m_begin) != std::string::npos; }
    std::uint64_t bytesRead() const { return m_bytes_read; }

private:
    bool fill();
    std::size_t endOfLine(std::size_t begin, std::size_t end_max);
    void extend(CsvRecord& record, std::size_t begin, std::size_t& end);
    void consume(std::size_t end);
    void forgetConsumed();

    std::istream& m_in;
    std::string m_buffer;
    std::size_t m_begin = 0; ///< Of what is not consumed, in the buffer.
    std::uint64_t m_line = 0;
    std::uint64_t m_bytes_read = 0;
    std::size_t m_expected = 0;
    bool m_in_rest = false; ///< The last record's line has not ended yet.
};

} // namespace orderlab
