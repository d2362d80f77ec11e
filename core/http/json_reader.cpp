#include "http/json_reader.h"

#include <boost/json/basic_parser_impl.hpp>

#include <unordered_set>

namespace orderlab {

namespace json = boost::json;

namespace {

constexpr std::size_t depth_max = 16; ///< Our documents need two; each level costs the parser memory.

/// Receives what json::basic_parser reads. A parser's own handler, because a json::value keeps the last of two equal
/// names without a word and turns 19.99 into a double.
struct Handler {
    using error_code = boost::system::error_code;
    using view = json::string_view;
    static constexpr std::size_t max_object_size = std::size_t(-1);
    static constexpr std::size_t max_array_size = std::size_t(-1);
    static constexpr std::size_t max_key_size = std::size_t(-1);
    static constexpr std::size_t max_string_size = std::size_t(-1);

    std::vector<JsonMember> members;
    JsonType document = JsonType::Null;
    std::string duplicate;
    bool has_duplicate = false;

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code&)
    {
        value(JsonType::Object, {});
        m_names.emplace_back();
        ++m_depth;
        return true;
    }
    bool on_object_end(std::size_t, error_code&)
    {
        m_names.pop_back();
        --m_depth;
        return true;
    }
    bool on_array_begin(error_code&)
    {
        value(JsonType::Array, {});
        ++m_depth;
        return true;
    }
    bool on_array_end(std::size_t, error_code&)
    {
        --m_depth;
        return true;
    }
    bool on_key_part(view part, std::size_t, error_code&) { return append(part); }
    bool on_key(view part, std::size_t, error_code& error)
    {
        append(part);
        std::string name = std::move(m_text);
        m_text.clear();
        if (!m_names.back().insert(name).second) {
            has_duplicate = true;
            duplicate = std::move(name);
            error = make_error_code(boost::system::errc::invalid_argument);
            return false;
        }
        if (m_depth == 1)
            members.push_back({std::move(name), JsonType::Null, {}});
        return true;
    }
    bool on_string_part(view part, std::size_t, error_code&) { return append(part); }
    bool on_string(view part, std::size_t, error_code&) { return finish(JsonType::String, part); }
    bool on_number_part(view part, error_code&) { return append(part); }
    bool on_int64(std::int64_t, view part, error_code&) { return finish(JsonType::Number, part); }
    bool on_uint64(std::uint64_t, view part, error_code&) { return finish(JsonType::Number, part); }
    bool on_double(double, view part, error_code&) { return finish(JsonType::Number, part); }
    bool on_bool(bool v, error_code&) { return value(JsonType::Boolean, v ? "true" : "false"); }
    bool on_null(error_code&) { return value(JsonType::Null, {}); }
    bool on_comment_part(view, error_code&) { return true; }
    bool on_comment(view, error_code&) { return true; }

private:
    bool append(view part)
    {
        m_text.append(part.data(), part.size());
        return true;
    }
    bool finish(JsonType type, view part)
    {
        append(part);
        std::string text = std::move(m_text);
        m_text.clear();
        return value(type, std::move(text));
    }
    bool value(JsonType type, std::string text)
    {
        if (m_depth == 0) {
            document = type;
        } else if (m_depth == 1 && document == JsonType::Object) {
            members.back().type = type;
            members.back().text = std::move(text);
        }
        return true;
    }

    std::size_t m_depth = 0;
    std::vector<std::unordered_set<std::string>> m_names; ///< Of the objects that are open.
    std::string m_text;
};

Error notJson(std::string message)
{
    return {ErrorCode::Corrupt, Retry::Never, std::move(message), {}};
}

} // namespace

std::string shortName(std::string_view name)
{
    std::size_t size = std::min<std::size_t>(name.size(), 64);
    while (size < name.size() && size > 0 && (std::uint8_t(name[size]) & 0xc0) == 0x80)
        --size;
    return std::string(name.substr(0, size));
}

Result<std::vector<JsonMember>> readJsonObject(std::string_view text)
{
    if (text.starts_with("\xef\xbb\xbf"))
        return notJson("the body starts with a byte order mark, which JSON does not allow");
    json::parse_options options;
    options.max_depth = depth_max;
    json::basic_parser<Handler> parser(options);
    boost::system::error_code error;
    const std::size_t taken = parser.write_some(false, text.data(), text.size(), error);
    const Handler& handler = parser.handler();
    if (handler.has_duplicate)
        return notJson("the body has the member \"" + shortName(handler.duplicate) + "\" twice");
    if (error) {
        return notJson("the body is not valid JSON: " + error.message() + " at byte "
                       + std::to_string(taken));
    }
    if (taken != text.size() || !parser.done())
        return notJson("the body goes on behind the end of its JSON, at byte " + std::to_string(taken));
    if (handler.document != JsonType::Object)
        return invalidArgument("", "the body must be a JSON object");
    return std::move(parser.handler().members);
}

} // namespace orderlab
