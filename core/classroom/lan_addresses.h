#pragma once
#include <string>
#include <vector>

namespace orderlab {

/// An IPv4 address by which machines nearby reach this one.
struct LanAddress {
    std::string address;   ///< "192.168.1.20"
    std::string interface; ///< "wlan0"
    bool operator==(const LanAddress&) const = default;
};

/// Those of the interfaces that are up, the likeliest first: private ones (RFC 1918) of real interfaces, then those of
/// bridges of containers and virtual machines, then others. No loopback. Blocks for a moment.
std::vector<LanAddress> lanAddresses();

/// The same order, of a list that is known; for lanAddresses().
void sortLanAddresses(std::vector<LanAddress>& addresses);

} // namespace orderlab
