#include "store/failed_attempts.h"

#include <boost/json.hpp>

namespace orderlab {

namespace json = boost::json;

namespace {

std::optional<ErrorCode> errorCodeOf(std::string_view text)
{
    for (int i = 0; i <= int(ErrorCode::Internal); ++i) {
        if (name(ErrorCode(i)) == text)
            return ErrorCode(i);
    }
    return std::nullopt;
}

std::optional<FailedAttempt> attemptOf(const json::value& value)
{
    const json::array* fields = value.if_array();
    if (!fields || fields->size() != 4)
        return std::nullopt;
    const std::int64_t *at_us = (*fields)[0].if_int64(), *number = (*fields)[1].if_int64();
    const json::string *code_text = (*fields)[2].if_string(), *error = (*fields)[3].if_string();
    if (!at_us || !number || *number < 0 || *number > 255 || !code_text || !error)
        return std::nullopt;
    const auto code = errorCodeOf(*code_text);
    if (!code)
        return std::nullopt;
    return FailedAttempt{fromMicros(*at_us), std::uint8_t(*number), std::string(*error), *code};
}

} // namespace

std::string encodeAttempts(std::span<const FailedAttempt> attempts)
{
    json::array all;
    for (const FailedAttempt& attempt : attempts)
        all.push_back(json::array{toMicros(attempt.at), attempt.number, name(attempt.code), attempt.error});
    return json::serialize(all);
}

Result<std::vector<FailedAttempt>> decodeAttempts(std::string_view text)
{
    const Error corrupt{ErrorCode::Corrupt, Retry::Never, "the database holds failed attempts that cannot be read", {}};
    boost::system::error_code error;
    const json::value parsed = json::parse(text, error);
    if (error || !parsed.is_array())
        return corrupt;
    std::vector<FailedAttempt> attempts;
    for (const json::value& value : parsed.get_array()) {
        auto attempt = attemptOf(value);
        if (!attempt)
            return corrupt;
        attempts.push_back(std::move(*attempt));
    }
    return attempts;
}

} // namespace orderlab
