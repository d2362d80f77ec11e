#include "fuzz/mutator.h"

#include <algorithm>

namespace orderlab::fuzz {

namespace {

constexpr std::string_view numbers[] = {"0",
                                        "1",
                                        "-1",
                                        "00",
                                        "127",
                                        "128",
                                        "255",
                                        "256",
                                        "65535",
                                        "65536",
                                        "2147483647",
                                        "2147483648",
                                        "-2147483649",
                                        "4294967296",
                                        "9223372036854775807",
                                        "9223372036854775808",
                                        "-9223372036854775809",
                                        "18446744073709551616",
                                        "1e309",
                                        "0.005",
                                        "99999999999999999999999999"};
constexpr unsigned char bytes[] = {0x00, 0x01, 0x0a, 0x0d, 0x20, 0x22, 0x5c, 0x7f, 0x80, 0xc0, 0xe2, 0xed, 0xf4, 0xff};

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

} // namespace

std::string Mutator::next(const std::vector<std::string>& corpus)
{
    std::string input = pick(corpus);
    for (std::size_t changes = 1 + below(2) * below(8); changes > 0; --changes)
        change(input, corpus);
    if (input.size() > m_bytes_max)
        input.resize(m_bytes_max);
    return input;
}

/// Half of the time one of the newest: what reached something new last is where something newer is near.
const std::string& Mutator::pick(const std::vector<std::string>& corpus)
{
    const std::size_t newest = std::min<std::size_t>(corpus.size(), 32);
    return below(2) == 0 ? corpus[corpus.size() - 1 - below(newest)] : corpus[below(corpus.size())];
}

void Mutator::change(std::string& input, const std::vector<std::string>& corpus)
{
    switch (below(10)) {
    case 0:
    case 1: return changeByte(input);
    case 2: return insertRun(input, word());
    case 3: return overwriteRun(input, word());
    case 4: return changeNumber(input);
    case 5: return insertRun(input, std::string(runOf(input)));
    case 6: return insertRun(input, runOf(pick(corpus)));
    case 7: return overwriteRun(input, std::string(runOf(input)));
    case 8: {
        const std::size_t at = below(input.size());
        input.erase(at, 1 + below(std::min<std::size_t>(input.size() - at, 1 + below(64))));
        return;
    }
    default: {
        const std::string& other = pick(corpus);
        input = input.substr(0, below(input.size() + 1)) + other.substr(below(other.size() + 1));
        return;
    }
    }
}

void Mutator::changeByte(std::string& input)
{
    if (input.empty())
        return insertRun(input, "0");
    char& byte = input[below(input.size())];
    switch (below(4)) {
    case 0: byte = char(byte ^ char(1u << below(8))); return;
    case 1: byte = char(bytes[below(std::size(bytes))]); return;
    case 2: byte = char(byte + (below(2) == 0 ? 1 : -1)); return;
    default: byte = char(below(256)); return;
    }
}

void Mutator::insertRun(std::string& input, std::string_view run)
{
    const std::string copy(run); // It may lie in `input`.
    const std::size_t times = below(16) == 0 ? 1 + below(200) : 1;
    std::string all;
    for (std::size_t i = 0; i < times && all.size() < m_bytes_max; ++i)
        all += copy;
    input.insert(below(input.size() + 1), all);
}

void Mutator::overwriteRun(std::string& input, std::string_view run)
{
    const std::string copy(run);
    input.replace(below(input.size() + 1), copy.size(), copy);
}

void Mutator::changeNumber(std::string& input)
{
    const auto start = input.begin() + std::ptrdiff_t(below(input.size()));
    const auto first = std::find_if(start, input.end(), isDigit);
    const auto last = std::find_if_not(first, input.end(), isDigit);
    if (first != last)
        input.replace(first, last, numbers[below(std::size(numbers))]);
}

std::string_view Mutator::runOf(const std::string& input)
{
    const std::size_t at = below(input.size() + 1);
    return std::string_view(input).substr(at, 1 + below(1 + below(128)));
}

std::string_view Mutator::word()
{
    return m_dictionary.empty() ? numbers[below(std::size(numbers))] : m_dictionary[below(m_dictionary.size())];
}

} // namespace orderlab::fuzz
