#include "observe/log_text.h"

#include "base/utf8.h"

#include <algorithm>
#include <cstdio>

namespace orderlab {

namespace {

/// Of a well-formed character.
std::uint32_t codePointOf(std::string_view character)
{
    if (character.size() == 1)
        return std::uint8_t(character[0]);
    std::uint32_t code = std::uint8_t(character[0]) & (0xffu >> (character.size() + 1));
    for (const char c : character.substr(1))
        code = code << 6 | (std::uint8_t(c) & 0x3f);
    return code;
}

/// Calls `plain(bytes)` for what may be shown, `code(point)` for other characters; bytes that are none become U+FFFD.
template <typename Plain, typename Code>
void forEachCharacter(std::string_view text, Plain plain, Code code)
{
    while (!text.empty()) {
        std::size_t run = 0; // Most text is ASCII.
        while (run < text.size() && text[run] >= 0x20 && text[run] < 0x7f)
            ++run;
        if (run > 0) {
            plain(text.substr(0, run));
            text.remove_prefix(run);
            continue;
        }
        const std::size_t length = characterLength(text);
        const std::string_view character = text.substr(0, std::max<std::size_t>(length, 1));
        if (length == 0)
            plain(replacement_character);
        else if (printableLength(character))
            plain(character);
        else
            code(codePointOf(character));
        text.remove_prefix(character.size());
    }
}

template <typename... Values>
void appendFormatted(std::string& out, const char* format, Values... values)
{
    char text[64];
    std::snprintf(text, sizeof text, format, values...);
    out += text;
}

/// The end of what stands in a conninfo for a value: quoted, or up to a blank.
std::size_t endOfValue(std::string_view text, std::size_t at)
{
    if (at < text.size() && text[at] == '\'') {
        const auto quote = text.find('\'', at + 1);
        return quote == std::string_view::npos ? text.size() : quote + 1;
    }
    const auto end = text.find_first_of(" \t&'\"", at);
    return end == std::string_view::npos ? text.size() : end;
}

void maskUrls(std::string& text)
{
    for (std::size_t at = 0; (at = text.find("://", at)) != std::string::npos;) {
        at += 3;
        const auto end = std::min(text.find_first_of(" \t\"'", at), text.size());
        const auto host = text.find('@', at), colon = text.find(':', at);
        if (host < end && colon < host)
            text.replace(colon + 1, host - colon - 1, 1, '*');
    }
}

void maskPairs(std::string& text)
{
    static constexpr std::string_view key = "password";
    for (std::size_t at = 0; (at = text.find(key, at)) != std::string::npos;) {
        at += key.size();
        auto value = text.find_first_not_of(' ', at);
        if (value == std::string::npos || text[value] != '=')
            continue;
        value = std::min(text.find_first_not_of(' ', value + 1), text.size());
        text.replace(value, endOfValue(text, value) - value, 1, '*');
        at = value;
    }
}

} // namespace

void appendPlain(std::string& out, std::string_view text)
{
    forEachCharacter(
        text, [&](std::string_view bytes) { out += bytes; },
        [&](std::uint32_t code) {
            if (code == '\n')
                out += "\\n";
            else if (code < 0x100)
                appendFormatted(out, "\\x%02x", code);
            else
                appendFormatted(out, "\\u%04x", code);
        });
}

void appendJsonText(std::string& out, std::string_view text)
{
    out += '"';
    forEachCharacter(
        text,
        [&](std::string_view bytes) {
            for (const char c : bytes) {
                if (c == '"' || c == '\\')
                    out += '\\';
                out += c;
            }
        },
        [&](std::uint32_t code) {
            if (code == '\n')
                out += "\\n";
            else if (code < 0x10000)
                appendFormatted(out, "\\u%04x", code);
            else
                appendFormatted(out, "\\u%04x\\u%04x", 0xd7c0 + (code >> 10), 0xdc00 + (code & 0x3ff));
        });
    out += '"';
}

namespace {

/// Calls `add(name, text, is_number)` for each field that has a value.
template <typename Add>
void forEachField(const LogFields& fields, Add add)
{
    if (!fields.order.isNull())
        add("order", fields.order.toString(), false);
    if (!fields.event.isNull())
        add("event", fields.event.toString(), false);
    if (!fields.group.empty())
        add("group", std::string(fields.group), false);
    if (!fields.worker.empty())
        add("worker", std::string(fields.worker), false);
    if (fields.attempt > 0)
        add("attempt", std::to_string(fields.attempt), true);
    if (fields.entry)
        add("entry", std::to_string(*fields.entry), true);
}

} // namespace

void appendFieldsPlain(std::string& out, const LogFields& fields)
{
    forEachField(fields, [&](const char* name, const std::string& text, bool) {
        ((out += ' ') += name) += '=';
        appendPlain(out, text);
    });
}

void appendFieldsJson(std::string& out, const LogFields& fields)
{
    forEachField(fields, [&](const char* name, const std::string& text, bool is_number) {
        ((out += ",\"") += name) += "\":";
        if (is_number)
            out += text;
        else
            appendJsonText(out, text);
    });
    if (!fields.trace.isNull()) {
        appendFormatted(out, ",\"trace_id\":\"%016llx", static_cast<unsigned long long>(fields.trace.high));
        appendFormatted(out, "%016llx\"", static_cast<unsigned long long>(fields.trace.low));
        appendFormatted(out, ",\"span_id\":\"%016llx\"", static_cast<unsigned long long>(fields.span));
    }
}

void LogSecrets::add(std::string secret)
{
    if (secret.size() < bytes_min)
        return;
    const MutexLock lock(m_mutex);
    m_secrets.push_back(std::move(secret));
    std::sort(m_secrets.begin(), m_secrets.end(),
              [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
}

std::string LogSecrets::mask(std::string text) const
{
    {
        const MutexLock lock(m_mutex);
        for (const std::string& secret : m_secrets) {
            for (std::size_t at = 0; (at = text.find(secret, at)) != std::string::npos; ++at)
                text.replace(at, secret.size(), 1, '*');
        }
    }
    if (text.find("://") != std::string::npos)
        maskUrls(text);
    if (text.find("password") != std::string::npos)
        maskPairs(text);
    return text;
}

} // namespace orderlab
