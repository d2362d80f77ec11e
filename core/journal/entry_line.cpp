#include "journal/entry_line.h"

#include "base/time.h"
#include "journal/name_use.h"

#include <charconv>
#include <chrono>

namespace orderlab {

namespace {

/// The kinds by a perfect-enough hash of their names: looked up for each line.
class KindTable {
public:
    KindTable()
    {
        for (std::size_t i = 1; i < entry_kinds.size(); ++i) {
            std::size_t at = placeOf(entry_kinds[i].name);
            while (m_kinds[at] != EntryKind::None)
                at = (at + 1) % m_kinds.size();
            m_kinds[at] = EntryKind(i);
        }
    }
    EntryKind find(std::string_view text) const
    {
        for (std::size_t at = placeOf(text); m_kinds[at] != EntryKind::None; at = (at + 1) % m_kinds.size()) {
            if (name(m_kinds[at]) == text)
                return m_kinds[at];
        }
        return EntryKind::None;
    }

private:
    static std::size_t placeOf(std::string_view text) { return std::hash<std::string_view>{}(text) % 256; }
    std::array<EntryKind, 256> m_kinds{};
};

constexpr std::array<std::int8_t, 256> hex_values = [] {
    std::array<std::int8_t, 256> values{};
    values.fill(-1);
    for (int i = 0; i < 10; ++i)
        values[std::size_t('0' + i)] = std::int8_t(i);
    for (int i = 0; i < 6; ++i)
        values[std::size_t('a' + i)] = std::int8_t(10 + i);
    return values;
}();

/// One reading of a line. Any doubt makes it bad.
class EntryLine {
public:
    EntryLine(std::string_view line, Entry& entry, Names& names) : m_line(line), m_entry(entry), m_names(names) {}

    bool read()
    {
        static const KindTable kinds;
        m_entry = {};
        if (!take("{\"time\":") || !readTime() || !take(",\"kind\":"))
            return false;
        std::string_view text;
        if (!readText(text))
            return false;
        m_entry.kind = kinds.find(text);
        if (m_entry.kind == EntryKind::None)
            return false;
        m_fields = entry_kinds[std::size_t(m_entry.kind)].fields;
        while (take(",")) {
            std::string_view member;
            if (!readText(member) || !take(":") || !readMember(member))
                return false;
        }
        return take("}") && m_line.empty();
    }

private:
    bool take(std::string_view text)
    {
        if (!m_line.starts_with(text))
            return false;
        m_line.remove_prefix(text.size());
        return true;
    }

    /// A string of printable ASCII without escapes.
    bool readText(std::string_view& text)
    {
        if (!take("\""))
            return false;
        std::size_t size = 0;
        while (size < m_line.size() && m_line[size] != '"') {
            const auto c = std::uint8_t(m_line[size]);
            if (c < 0x20 || c >= 0x7f || c == '\\')
                return false;
            ++size;
        }
        if (size == m_line.size())
            return false;
        text = m_line.substr(0, size);
        m_line.remove_prefix(size + 1);
        return true;
    }

    /// "2026-01-01T00:00:00.000012Z".
    bool readTime()
    {
        static constexpr std::string_view form = "\"0000-00-00T00:00:00.000000Z\"";
        if (m_line.size() < form.size())
            return false;
        int numbers[7] = {};
        std::size_t part = 0;
        for (std::size_t i = 1; i + 1 < form.size(); ++i) {
            const char c = m_line[i];
            if (form[i] == '0') {
                if (c < '0' || c > '9')
                    return false;
                numbers[part] = numbers[part] * 10 + (c - '0');
            } else {
                if (c != form[i])
                    return false;
                ++part;
            }
        }
        if (m_line[0] != '"' || m_line[form.size() - 1] != '"')
            return false;
        using namespace std::chrono;
        const year_month_day date = year(numbers[0]) / month(unsigned(numbers[1])) / day(unsigned(numbers[2]));
        if (!date.ok() || numbers[3] > 23 || numbers[4] > 59 || numbers[5] > 59)
            return false;
        const auto day_us = duration_cast<microseconds>(sys_days(date).time_since_epoch());
        m_entry.time_us =
            day_us.count() + (numbers[3] * 3'600ll + numbers[4] * 60ll + numbers[5]) * 1'000'000 + numbers[6];
        m_line.remove_prefix(form.size());
        return true;
    }

    bool readId(Uuid& id)
    {
        constexpr std::size_t length = 36;
        if (m_line.size() < length + 2 || m_line[0] != '"' || m_line[length + 1] != '"')
            return false;
        std::uint64_t halves[2] = {};
        int digits = 0, wrong = 0;
        for (std::size_t i = 0; i < length; ++i) {
            const char c = m_line[i + 1];
            if (i == 8 || i == 13 || i == 18 || i == 23) {
                wrong |= c != '-';
                continue;
            }
            const int value = hex_values[std::uint8_t(c)];
            wrong |= value < 0;
            halves[digits / 16] = halves[digits / 16] << 4 | std::uint64_t(value & 15);
            ++digits;
        }
        m_line.remove_prefix(length + 2);
        id = {halves[0], halves[1]};
        return wrong == 0;
    }

    template <typename Number>
    bool readNumber(Number& out)
    {
        // JSON has no +, no leading zero, and goes on with a comma or the end here.
        const std::size_t first = m_line.starts_with('-') ? 1 : 0;
        if (m_line.size() < first + 2 || (m_line[first] == '0' && m_line[first + 1] >= '0' && m_line[first + 1] <= '9')
            || m_line.starts_with("-0"))
            return false;
        const auto [end, error] = std::from_chars(m_line.data(), m_line.data() + m_line.size(), out);
        if (error != std::errc{})
            return false;
        m_line.remove_prefix(std::size_t(end - m_line.data()));
        return m_line.starts_with(',') || m_line.starts_with('}');
    }

    bool readName(std::string_view member, NameId& out)
    {
        std::string_view text;
        if (!readText(text))
            return false;
        out = m_names.intern(text, nameUseOf(member));
        return true;
    }

    bool readMember(std::string_view member)
    {
        if (member == "order")
            return readId(m_entry.order);
        if (member == "event")
            return readId(m_entry.event);
        if (member == "topic")
            return readName(member, m_entry.topic);
        if (member == "partition")
            return readNumber(m_entry.partition);
        if (member == "offset")
            return readNumber(m_entry.offset);
        if (member == "group")
            return readName(member, m_entry.group);
        if (member == "attempt")
            return readNumber(m_entry.attempt);
        if (member == (m_fields.value.empty() ? "value" : m_fields.value))
            return readNumber(m_entry.value);
        if (member == (m_fields.actor.empty() ? "actor" : m_fields.actor))
            return readName(member, m_entry.actor);
        if (member == (m_fields.detail.empty() ? "detail" : m_fields.detail))
            return readName(member, m_entry.detail);
        return false;
    }

    std::string_view m_line;
    Entry& m_entry;
    Names& m_names;
    EntryFields m_fields;
};

} // namespace

bool readEntryLine(std::string_view line, Entry& entry, Names& names)
{
    return EntryLine(line, entry, names).read();
}

} // namespace orderlab
