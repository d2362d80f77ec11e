#pragma once
#include "base/result.h"

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace orderlab {

/// An ISO 4217 alphabetic code. Only codes in the list of active currencies can be made. A value of three bytes.
class Currency {
public:
    Currency() = default; ///< EUR
    /// Error: InvalidArgument, field "currency".
    static Result<Currency> parse(std::string_view code);
    std::string_view code() const { return {m_code.data(), m_code.size()}; }
    auto operator<=>(const Currency&) const = default;

private:
    std::array<char, 3> m_code{'E', 'U', 'R'};
};

/// An amount in hundredths of a currency's main unit ("minor units"; two decimals for every currency, as the API
/// promises). Arithmetic is checked: what does not fit is an error, never a wrapped number.
struct Money {
    std::int64_t amount_minor = 0;
    Currency currency;

    bool operator==(const Money&) const = default;
    /// "19.99"
    std::string amountText() const;
    /// Reads "19.99", "19.9" or "19": no sign, at most two decimals. Error: InvalidArgument, field "amount".
    static Result<Money> parse(std::string_view amount, Currency currency);
    /// Errors: InvalidArgument when the currencies differ, Exhausted when the sum does not fit.
    Result<Money> plus(const Money& other) const;
};

} // namespace orderlab
