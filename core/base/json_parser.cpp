#include "base/json_tree.h"
#include "base/utf8.h"

#include <charconv>
#include <unordered_set>

namespace orderlab {

namespace {

constexpr int depth_max = 16;

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

void appendUtf8(std::string& out, std::uint32_t code)
{
    if (code < 0x80) {
        out += char(code);
    } else if (code < 0x800) {
        out += char(0xc0 | (code >> 6));
        out += char(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
        out += char(0xe0 | (code >> 12));
        out += char(0x80 | ((code >> 6) & 0x3f));
        out += char(0x80 | (code & 0x3f));
    } else {
        out += char(0xf0 | (code >> 18));
        out += char(0x80 | ((code >> 12) & 0x3f));
        out += char(0x80 | ((code >> 6) & 0x3f));
        out += char(0x80 | (code & 0x3f));
    }
}

/// Recursive descent over RFC 8259's grammar; the first problem ends it.
class Parser {
public:
    Parser(std::string_view text, JsonProblem& problem) : m_text(text), m_problem(problem) {}

    bool document(JsonNode& root)
    {
        if (m_text.starts_with("\xef\xbb\xbf"))
            return fail(0, "starts with a byte order mark, which JSON does not allow");
        if (!isUtf8(m_text))
            return fail(firstNonUtf8(), "is not valid UTF-8");
        if (!value(root, 0))
            return false;
        skipBlanks();
        return m_at == m_text.size() || fail(m_at, "goes on behind the end of its JSON");
    }

private:
    bool fail(std::size_t offset, std::string reason)
    {
        m_problem = {offset, {}, std::move(reason)};
        return false;
    }
    bool expected(std::string_view what)
    {
        const std::string found = m_at == m_text.size() ? "the text ends" : std::string("there is ") + shown(m_at);
        return fail(m_at, "is not valid JSON: expected " + std::string(what) + ", but " + found);
    }
    std::string shown(std::size_t at) const
    {
        std::size_t end = at + 1;
        while (end < m_text.size() && (std::uint8_t(m_text[end]) & 0xc0) == 0x80)
            ++end;
        if (std::uint8_t(m_text[at]) < 0x20)
            return m_text[at] == '\n' || m_text[at] == '\r' ? "a line end" : "a control character";
        return std::string(m_text.substr(at, end - at));
    }
    /// The longest valid start is found by halving: prefixes that end inside a character are made whole first.
    std::size_t firstNonUtf8() const
    {
        std::size_t at = 0;
        while (at < m_text.size()) {
            std::size_t size = 1;
            while (size <= 4 && at + size <= m_text.size() && !isUtf8(m_text.substr(at, size)))
                ++size;
            if (size > 4 || at + size > m_text.size())
                return at;
            at += size;
        }
        return at;
    }
    void skipBlanks()
    {
        while (m_at < m_text.size() && isBlank(m_text[m_at]))
            ++m_at;
    }
    bool is(char c) const { return m_at < m_text.size() && m_text[m_at] == c; }
    bool take(char c)
    {
        if (!is(c))
            return false;
        ++m_at;
        return true;
    }

    bool value(JsonNode& node, int depth)
    {
        skipBlanks();
        node.offset = m_at;
        if (is('{'))
            return object(node, depth + 1);
        if (is('['))
            return array(node, depth + 1);
        if (is('"')) {
            node.type = JsonType::String;
            return string(node.text);
        }
        if (is('-') || (m_at < m_text.size() && isDigit(m_text[m_at])))
            return number(node);
        return word(node);
    }

    bool word(JsonNode& node)
    {
        for (const std::string_view word : {"true", "false", "null"}) {
            if (!m_text.substr(m_at).starts_with(word))
                continue;
            m_at += word.size();
            node.type = word == "null" ? JsonType::Null : JsonType::Boolean;
            node.text = word == "null" ? "" : word;
            return true;
        }
        return expected("a value");
    }

    bool digits()
    {
        if (m_at == m_text.size() || !isDigit(m_text[m_at]))
            return expected("a digit");
        while (m_at < m_text.size() && isDigit(m_text[m_at]))
            ++m_at;
        return true;
    }

    bool number(JsonNode& node)
    {
        node.type = JsonType::Number;
        take('-');
        if (is('0')) {
            ++m_at;
            if (m_at < m_text.size() && isDigit(m_text[m_at]))
                return fail(node.offset, "is not valid JSON: a number starts with 0 and goes on");
        } else if (!digits()) {
            return false;
        }
        if (take('.') && !digits())
            return false;
        if (take('e') || take('E')) {
            if (!take('+'))
                take('-');
            if (!digits())
                return false;
        }
        node.text = m_text.substr(node.offset, m_at - node.offset);
        return true;
    }

    bool hex4(std::uint32_t& code)
    {
        if (m_at + 4 > m_text.size())
            return expected("four hexadecimal digits");
        const char* begin = m_text.data() + m_at;
        const auto [end, error] = std::from_chars(begin, begin + 4, code, 16);
        if (error != std::errc{} || end != begin + 4)
            return expected("four hexadecimal digits");
        m_at += 4;
        return true;
    }

    bool unicodeEscape(std::string& out)
    {
        const std::size_t start = m_at - 2;
        std::uint32_t code = 0, low = 0;
        if (!hex4(code))
            return false;
        if (code >= 0xd800 && code < 0xdc00) {
            if (!(take('\\') && take('u')))
                return fail(start, "is not valid JSON: half a surrogate pair");
            if (!hex4(low))
                return false;
            if (low < 0xdc00 || low > 0xdfff)
                return fail(start, "is not valid JSON: half a surrogate pair");
            code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        } else if (code >= 0xdc00 && code < 0xe000) {
            return fail(start, "is not valid JSON: half a surrogate pair");
        }
        appendUtf8(out, code);
        return true;
    }

    bool escape(std::string& out)
    {
        static constexpr std::string_view letters = "\"\\/bfnrt", meanings = "\"\\/\b\f\n\r\t";
        if (take('u'))
            return unicodeEscape(out);
        const std::size_t which = m_at < m_text.size() ? letters.find(m_text[m_at]) : std::string_view::npos;
        if (which == std::string_view::npos)
            return expected("an escape such as \\n or \\u00e9");
        out += meanings[which];
        ++m_at;
        return true;
    }

    bool string(std::string& out)
    {
        const std::size_t start = m_at++;
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (std::uint8_t(c) < 0x20)
                return fail(m_at,
                            "is not valid JSON: a string is not closed on its line, or holds a control character");
            ++m_at;
            if (c == '"')
                return true;
            if (c != '\\')
                out += c;
            else if (!escape(out))
                return false;
        }
        return fail(start, "is not valid JSON: a string is not closed");
    }

    bool array(JsonNode& node, int depth)
    {
        node.type = JsonType::Array;
        if (depth > depth_max)
            return fail(m_at, "is nested deeper than 16 levels");
        ++m_at;
        skipBlanks();
        if (take(']'))
            return true;
        while (true) {
            if (!value(node.items.emplace_back(), depth))
                return false;
            skipBlanks();
            if (take(']'))
                return true;
            if (!take(','))
                return expected("\",\" or \"]\"");
        }
    }

    bool object(JsonNode& node, int depth)
    {
        node.type = JsonType::Object;
        if (depth > depth_max)
            return fail(m_at, "is nested deeper than 16 levels");
        ++m_at;
        skipBlanks();
        if (take('}'))
            return true;
        std::unordered_set<std::string> names;
        while (true) {
            skipBlanks();
            if (!is('"'))
                return expected("a member's name in quotes");
            JsonNode::Member member;
            member.offset = m_at;
            if (!string(member.name))
                return false;
            if (!names.insert(member.name).second)
                return fail(member.offset,
                            "has the member \"" + shortened(member.name, JsonNode::shown_name_bytes_max) + "\" twice");
            skipBlanks();
            if (!take(':'))
                return expected("\":\"");
            if (!value(member.value, depth))
                return false;
            node.members.push_back(std::move(member));
            skipBlanks();
            if (take('}'))
                return true;
            if (!take(','))
                return expected("\",\" or \"}\"");
        }
    }

    std::string_view m_text;
    JsonProblem& m_problem;
    std::size_t m_at = 0;
};

} // namespace

std::optional<JsonNode> parseJsonTree(std::string_view text, JsonProblem& problem)
{
    JsonNode root;
    if (!Parser(text, problem).document(root))
        return std::nullopt;
    return root;
}

TextPlace placeOf(std::string_view text, std::size_t offset)
{
    TextPlace place;
    for (const char c : text.substr(0, offset)) {
        if (c == '\n') {
            ++place.line;
            place.column = 1;
        } else if ((std::uint8_t(c) & 0xc0) != 0x80) {
            ++place.column;
        }
    }
    return place;
}

std::string toString(const JsonProblem& problem, std::string_view text, std::string_view file)
{
    const TextPlace place = placeOf(text, problem.offset);
    std::string out(file);
    out += ':' + std::to_string(place.line) + ':' + std::to_string(place.column) + ": ";
    return out + (problem.field.empty() ? "the file " : problem.field + ": ") + problem.reason;
}

} // namespace orderlab
