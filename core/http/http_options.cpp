#include "http/http_options.h"

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <cctype>
#include <charconv>

namespace orderlab {

namespace asio = boost::asio;

namespace {

constexpr std::size_t allowed_hosts_max = 64; ///< Each request's Host is compared with all of them.
constexpr std::size_t host_bytes_max = 253;   ///< RFC 1035, section 2.3.4.

/// A name (underscores, too: containers' names have them) or an address; IPv6 without brackets.
bool isHost(const std::string& text)
{
    boost::system::error_code error;
    asio::ip::make_address(text, error);
    const auto is_allowed = [](unsigned char c) { return std::isalnum(c) || c == '.' || c == '-' || c == '_'; };
    return !error
           || (!text.empty() && text.size() <= host_bytes_max && text.front() != '.' && text.back() != '.'
               && std::all_of(text.begin(), text.end(), is_allowed));
}

} // namespace

bool isLoopbackAddress(std::string_view address)
{
    boost::system::error_code error;
    const auto parsed = asio::ip::make_address(std::string(address), error);
    return !error && parsed.is_loopback();
}

Result<void> HttpOptions::validate() const
{
    boost::system::error_code error;
    asio::ip::make_address(address, error);
    if (error)
        return invalidArgument("listen", "must be an IP address, such as 127.0.0.1");
    if (!is_open && !isLoopbackAddress(address) && token.empty() && further_tokens.empty()) {
        return invalidArgument("listen", "other machines could reach " + address
                                             + ": set ORDERLAB_API_TOKEN or ORDERLAB_API_TOKEN_FILE, or listen on "
                                               "127.0.0.1");
    }
    if (allowed_hosts.size() > allowed_hosts_max || !std::all_of(allowed_hosts.begin(), allowed_hosts.end(), isHost))
        return invalidArgument("allowed-host", "must be at most 64 names or addresses without scheme and port, such as "
                                               "orders.example");
    if (!std::all_of(token.begin(), token.end(), [](char c) { return c > 0x20 && c < 0x7f; }))
        return invalidArgument("ORDERLAB_API_TOKEN", "must be printable ASCII without spaces");
    if (handshake_limit <= Duration{0} || header_limit <= Duration{0} || request_limit <= Duration{0}
        || idle_limit <= Duration{0} || stop_limit < Duration{0})
        return invalidArgument("limits", "deadlines must be above 0");
    if (connections_max < 1 || connections_max > 65'536)
        return invalidArgument("connections_max", "must be from 1 to 65536");
    if (body_bytes_max > 16 * 1024 * 1024 || header_bytes_max < 256 || header_bytes_max > 64 * 1024)
        return invalidArgument("limits", "a body has at most 16 MiB, headers 256 bytes to 64 KiB");
    return {};
}

std::string HttpOptions::endpointText(std::uint16_t actual_port) const
{
    const bool v6 = address.find(':') != std::string::npos;
    return (v6 ? '[' + address + ']' : address) + ':' + std::to_string(actual_port);
}

Result<ListenAddress> parseListenAddress(std::string_view text)
{
    const Error wrong =
        invalidArgument("listen", "must be an address and a port, such as 127.0.0.1:8080 or [::1]:8080");
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos)
        return wrong;
    const std::string_view port_text = text.substr(colon + 1);
    std::string_view host = text.substr(0, colon);
    const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (bracketed)
        host = host.substr(1, host.size() - 2);
    ListenAddress result;
    result.address = host == "localhost" ? "127.0.0.1" : std::string(host);
    const auto [end, error] = std::from_chars(port_text.data(), port_text.data() + port_text.size(), result.port);
    if (error != std::errc{} || end != port_text.data() + port_text.size() || port_text.empty())
        return wrong;
    boost::system::error_code not_an_address;
    const auto address = asio::ip::make_address(result.address, not_an_address);
    if (not_an_address || address.is_v6() != bracketed)
        return wrong;
    return result;
}

} // namespace orderlab
