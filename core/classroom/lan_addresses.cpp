#include "classroom/lan_addresses.h"

#include <boost/asio/ip/address_v4.hpp>

#include <algorithm>
#include <string_view>

#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

namespace orderlab {

namespace {

using boost::asio::ip::address_v4;

bool isPrivate(const std::string& text)
{
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address_v4(text, error).to_uint();
    return !error && ((address >> 24) == 10 || (address >> 20) == 0xac1 || (address >> 16) == 0xc0a8);
}

bool isVirtual(std::string_view interface)
{
    constexpr std::string_view beginnings[] = {"docker", "br-", "veth",   "virbr", "vmnet", "vbox",
                                               "lxc",    "lxd", "podman", "cni",   "tun",   "tap"};
    return std::any_of(std::begin(beginnings), std::end(beginnings),
                       [interface](std::string_view beginning) { return interface.starts_with(beginning); });
}

int rankOf(const LanAddress& one)
{
    return (isPrivate(one.address) ? 0 : 2) + (isVirtual(one.interface) ? 1 : 0);
}

} // namespace

void sortLanAddresses(std::vector<LanAddress>& addresses)
{
    std::stable_sort(addresses.begin(), addresses.end(),
                     [](const LanAddress& a, const LanAddress& b) { return rankOf(a) < rankOf(b); });
}

std::vector<LanAddress> lanAddresses()
{
    std::vector<LanAddress> found;
    ifaddrs* first = nullptr;
    if (::getifaddrs(&first) != 0)
        return found;
    for (const ifaddrs* one = first; one; one = one->ifa_next) {
        const bool is_up = (one->ifa_flags & IFF_UP) != 0 && (one->ifa_flags & IFF_LOOPBACK) == 0;
        if (!is_up || !one->ifa_addr || one->ifa_addr->sa_family != AF_INET)
            continue;
        const auto* address = reinterpret_cast<const sockaddr_in*>(one->ifa_addr);
        found.push_back({address_v4(ntohl(address->sin_addr.s_addr)).to_string(), one->ifa_name});
    }
    ::freeifaddrs(first);
    sortLanAddresses(found);
    return found;
}

} // namespace orderlab
