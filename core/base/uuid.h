#pragma once
#include "base/result.h"

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace orderlab {

/// A 128-bit identifier, compared in byte order (so UUIDv7 compare by time). A value.
struct Uuid {
    std::uint64_t high = 0;
    std::uint64_t low = 0;

    auto operator<=>(const Uuid&) const = default;
    bool isNull() const { return high == 0 && low == 0; }
    /// 8-4-4-4-12 lower-case hexadecimal digits.
    std::string toString() const;
    /// Reads what toString() writes (upper case too). Error: InvalidArgument.
    static Result<Uuid> parse(std::string_view text);
    /// A UUIDv7 (RFC 9562, section 5.7): 48 bits of `unix_ms`, then 74 bits of `random`.
    static Uuid version7(std::uint64_t unix_ms, std::uint64_t random_high, std::uint64_t random_low);
    /// Of a UUIDv7: when it was made, in milliseconds since 1970.
    std::int64_t version7Ms() const { return std::int64_t(high >> 16); }
};

/// A Uuid that cannot be mistaken for the identifier of another kind of thing.
template <typename Tag>
struct Id : Uuid {
    Id() = default;
    explicit Id(Uuid uuid) : Uuid(uuid) {}
};
using OrderId = Id<struct OrderIdTag>;
using EventId = Id<struct EventIdTag>;

/// Spreads the random bits of a Uuid; good for tables and for choosing a partition.
inline std::uint64_t hashValue(const Uuid& id)
{
    std::uint64_t x = id.high ^ (id.low * 0x9e3779b97f4a7c15ull);
    x ^= x >> 32;
    x *= 0xd6e8feb86659fd93ull;
    return x ^ (x >> 32);
}
struct UuidHash {
    std::size_t operator()(const Uuid& id) const { return std::size_t(hashValue(id)); }
};

} // namespace orderlab
