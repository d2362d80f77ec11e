#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

/// What one fuzz target is: takes any bytes, and must end without a report of a sanitizer, an exception that escapes, a
/// failed require() or a run of more than 10 s. The same bytes do the same each time. The signature is libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace orderlab::fuzz {

/// Words of the format that the target reads: the driver puts them into inputs. Each target defines it.
extern const std::vector<std::string_view> dictionary;

/// Ends the program, with the input saved, unless `holds`.
void require(bool holds, std::string_view what);

} // namespace orderlab::fuzz
