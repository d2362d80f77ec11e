#include "base/money.h"

#include <algorithm>

namespace orderlab {

namespace {

// The active codes of ISO 4217 (list one), without funds, metals and testing codes.
constexpr std::string_view active_codes =
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF "
    "CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG "
    "HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA "
    "MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD "
    "RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX "
    "USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL";

} // namespace

Result<Currency> Currency::parse(std::string_view code)
{
    const bool three_letters =
        code.size() == 3 && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!three_letters || active_codes.find(code) == std::string_view::npos)
        return invalidArgument("currency", "must be an ISO 4217 code in capitals, such as EUR");
    Currency currency;
    std::copy(code.begin(), code.end(), currency.m_code.begin());
    return currency;
}

std::string Money::amountText() const
{
    const bool negative = amount_minor < 0;
    const std::uint64_t minor = negative ? 0 - std::uint64_t(amount_minor) : std::uint64_t(amount_minor);
    std::string text = std::to_string(minor / 100) + '.' + char('0' + minor / 10 % 10) + char('0' + minor % 10);
    return negative ? '-' + text : text;
}

Result<Money> Money::parse(std::string_view amount, Currency currency)
{
    const auto wrong = [] {
        return invalidArgument("amount", "must be a decimal number with at most two decimals, such as 19.99");
    };
    std::int64_t minor = 0;
    std::size_t digits = 0, decimals = 0;
    bool in_decimals = false;
    for (char c : amount) {
        if (c == '.') {
            if (in_decimals || digits == 0)
                return wrong();
            in_decimals = true;
            continue;
        }
        if (c < '0' || c > '9')
            return wrong();
        ++digits;
        if (in_decimals && ++decimals > 2)
            return wrong();
        if (__builtin_mul_overflow(minor, 10, &minor) || __builtin_add_overflow(minor, c - '0', &minor))
            return wrong();
    }
    if (digits == 0 || (in_decimals && decimals == 0))
        return wrong();
    for (; decimals < 2; ++decimals) {
        if (__builtin_mul_overflow(minor, 10, &minor))
            return wrong();
    }
    return Money{minor, currency};
}

Result<Money> Money::plus(const Money& other) const
{
    if (currency != other.currency)
        return invalidArgument("currency", "cannot add amounts of different currencies");
    Money sum{0, currency};
    if (__builtin_add_overflow(amount_minor, other.amount_minor, &sum.amount_minor))
        return Error{ErrorCode::Exhausted, Retry::Never, "the sum of the amounts does not fit", "amount"};
    return sum;
}

} // namespace orderlab
