#include "headless/otlp_pairs.h"

#include <algorithm>

namespace orderlab {

namespace {

int hexDigit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

std::string percentDecoded(std::string_view text)
{
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hexDigit(text[i + 1]) >= 0 && hexDigit(text[i + 2]) >= 0) {
            decoded += char(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2]));
            i += 2;
        } else
            decoded += text[i];
    }
    return decoded;
}

std::string_view trimmed(std::string_view text)
{
    const auto begin = text.find_first_not_of(" \t");
    return begin == std::string_view::npos ? std::string_view()
                                           : text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

} // namespace

std::optional<std::vector<std::pair<std::string, std::string>>> pairsOf(std::string_view text)
{
    std::vector<std::pair<std::string, std::string>> pairs;
    while (!trimmed(text).empty()) {
        const auto comma = std::min(text.find(','), text.size());
        const std::string_view one = trimmed(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 1, text.size()));
        const auto equals = one.find('=');
        if (equals == std::string_view::npos || trimmed(one.substr(0, equals)).empty())
            return {};
        pairs.emplace_back(percentDecoded(trimmed(one.substr(0, equals))),
                           percentDecoded(trimmed(one.substr(equals + 1))));
    }
    return pairs;
}

bool isHeader(const std::pair<std::string, std::string>& header)
{
    const auto printable = [](char c) { return c > ' ' && c <= '~'; };
    return std::all_of(header.first.begin(), header.first.end(), [&](char c) { return printable(c) && c != ':'; })
           && std::all_of(header.second.begin(), header.second.end(), [&](char c) { return printable(c) || c == ' '; });
}

} // namespace orderlab
