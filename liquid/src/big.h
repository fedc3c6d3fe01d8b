// Integers of any size and decimals, as Ruby's Integer and BigDecimal compute them.
#pragma once
#include "limbs.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace liquid {

// Sign and magnitude; limbs of 32 bits, the least first, without leading zeros.
struct Big {
    bool negative = false;
    Limbs limbs;

    Big() = default;
    Big(std::int64_t value);
    // Decimal digits with an optional sign, and those that follow them.
    static Big parse(std::string_view digits, std::string_view more = {});
    // The digits, with the sign, at the end of a buffer of text_bytes_max().
    std::string_view text_into(char* buffer) const;
    std::size_t text_bytes_max() const { return limbs.size() * 10 + 2; }
    std::string text() const;
    bool zero() const { return limbs.empty(); }
    std::optional<std::int64_t> small() const;
    double real() const;
};

Big operator+(const Big& a, const Big& b);
Big operator-(const Big& a, const Big& b);
Big operator*(const Big& a, const Big& b);
Big operator-(Big a);
int compare(const Big& a, const Big& b);
// Rounds toward negative infinity; the remainder has the sign of the divisor.
struct Division {
    Big quotient;
    Big remainder;
};
Division floor_divide(const Big& a, const Big& b);
Big power_of_ten(std::uint32_t exponent);

// unscaled / 10^scale, or one of the values that are no number.
struct Decimal {
    enum class Special : std::uint8_t { none, nan, infinity, minus_infinity };
    Big unscaled;
    std::uint32_t scale = 0;
    Special special = Special::none;
    bool minus_zero = false;  // BigDecimal keeps the sign of a zero

    bool negative() const {
        return unscaled.negative || minus_zero || special == Special::minus_infinity;
    }
    static Decimal zero_of(bool negative) { return {Big(), 0, Special::none, negative}; }
    static Decimal from(const Big& integer) { return {integer, 0, Special::none}; }
    static Decimal from(double value);
    static Decimal parse(std::string_view digits);  // -?\d+\.\d+
    double real() const;
    bool zero() const { return special == Special::none && unscaled.zero(); }
};

Decimal operator+(const Decimal& a, const Decimal& b);
Decimal operator-(const Decimal& a, const Decimal& b);
Decimal operator*(const Decimal& a, const Decimal& b);
Decimal divide(const Decimal& a, const Decimal& b);
// The quotient rounded to a double at once, where both are small enough for it to be the same.
std::optional<double> quick_quotient(const Decimal& a, const Decimal& b);
Decimal modulo(const Decimal& a, const Decimal& b);
int compare(const Decimal& a, const Decimal& b);
Big floor_of(const Decimal& value);
Big ceil_of(const Decimal& value);
// Half away from zero, to `digits` places behind the point (before it, if negative).
Decimal round(const Decimal& value, std::int64_t digits);
Big round(const Big& value, std::int64_t digits);

class BigInteger {
public:
    explicit BigInteger(Big value) : value(std::move(value)) {}
    Big value;
};

}  // namespace liquid
