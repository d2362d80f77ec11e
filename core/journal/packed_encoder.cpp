#include "journal/packed_encoder.h"

#include "base/utf8.h"
#include "journal/name_use.h"

#include <algorithm>

namespace orderlab {

namespace {

constexpr std::size_t names_payload_bytes = 1 << 20; ///< A frame of names is full then: an entry has four at most.
constexpr std::size_t name_bytes_max = 256 * 1024;   ///< As a line of the other form may have.

/// As it is in the other form: bytes that are not UTF-8 become U+FFFD.
std::string validName(std::string_view text)
{
    text = text.substr(0, name_bytes_max);
    if (isUtf8(text))
        return std::string(text);
    std::string valid;
    while (!text.empty()) {
        const std::size_t length = characterLength(text);
        valid += length > 0 ? text.substr(0, length) : replacement_character;
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return valid;
}

} // namespace

void PackedEncoder::begin(std::string_view header_line, std::string& out)
{
    if (header_line.ends_with('\n'))
        header_line.remove_suffix(1);
    out += packed_magic;
    putFrame(out, 'H', 0, 0, header_line);
}

NameId PackedEncoder::numberOf(NameId id, NameUse use, const Names& names)
{
    if (id == 0)
        return 0;
    if (id >= m_numbers.size())
        m_numbers.resize(std::size_t(id) + 1);
    NameId& number = m_numbers[id];
    if (number == 0) {
        const std::string text = validName(names.text(id));
        m_new_names += char(use);
        putVarint(m_new_names, text.size());
        m_new_names += text;
        number = NameId(m_names++);
        ++m_new_count;
    }
    return number;
}

void PackedEncoder::add(const Entry& entry, const Names& names, std::string& out)
{
    const EntryFields fields = entryKindRow(entry.kind).fields;
    Entry numbered = entry;
    numbered.topic = numberOf(entry.topic, NameUse::Word, names);
    numbered.group = numberOf(entry.group, NameUse::Word, names);
    numbered.actor = numberOf(entry.actor, nameUseOf(fields.actor), names);
    numbered.detail = numberOf(entry.detail, nameUseOf(fields.detail), names);
    if (m_new_names.size() >= names_payload_bytes)
        putNames(out);
    m_block.push_back(numbered);
    if (m_block.size() == block_entries_max)
        flush(out);
}

void PackedEncoder::putNames(std::string& out)
{
    if (m_new_count > 0)
        putFrame(out, 'N', m_new_count, m_names - m_new_count, m_new_names);
    m_new_names.clear();
    m_new_count = 0;
}

void PackedEncoder::flush(std::string& out)
{
    putNames(out);
    if (m_block.empty())
        return;
    m_payload.clear();
    m_packer.pack(m_block, m_payload);
    putFrame(out, 'E', std::uint32_t(m_block.size()), m_entries, m_payload);
    m_entries += m_block.size();
    m_block.clear();
}

void PackedEncoder::finish(std::string& out)
{
    flush(out);
    putFrame(out, 'Z', 0, m_entries, {});
}

} // namespace orderlab
