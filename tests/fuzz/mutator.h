#pragma once
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace orderlab::fuzz {

/// Makes new inputs of old ones: single bits and bytes, runs of bytes moved, repeated and cut out, numbers at their
/// limits, words of a dictionary, and halves of two inputs joined. The same seed and calls give the same inputs.
class Mutator {
public:
    Mutator(std::uint64_t seed, const std::vector<std::string_view>& dictionary, std::size_t bytes_max)
        : m_random(seed), m_dictionary(dictionary), m_bytes_max(bytes_max)
    {}

    /// `corpus` is not empty.
    std::string next(const std::vector<std::string>& corpus);

private:
    std::size_t below(std::size_t bound) { return bound == 0 ? 0 : std::size_t(m_random() % bound); }
    const std::string& pick(const std::vector<std::string>& corpus);
    void change(std::string& input, const std::vector<std::string>& corpus);
    void changeByte(std::string& input);
    void insertRun(std::string& input, std::string_view run);
    void overwriteRun(std::string& input, std::string_view run);
    void changeNumber(std::string& input);
    std::string_view runOf(const std::string& input);
    std::string_view word();

    std::mt19937_64 m_random;
    const std::vector<std::string_view>& m_dictionary;
    std::size_t m_bytes_max;
};

} // namespace orderlab::fuzz
