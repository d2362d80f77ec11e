// A target with a mistake that blind search would not find in the runs it gets: one behind three bytes, each checked on
// its own. It proves that the driver follows coverage, and that what it finds is reported.
#include "fuzz/fuzz.h"

namespace orderlab::fuzz {

const std::vector<std::string_view> dictionary;

} // namespace orderlab::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static constexpr std::string_view secret = "\x91R\x7f";
    std::size_t right = 0;
    while (right < size && right < secret.size()) {
        if (data[right] != std::uint8_t(secret[right]))
            return 0;
        ++right;
    }
    return right == secret.size() ? data[size] : 0;
}
