#include "big.h"

#include "liquid/arena.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace liquid {
namespace {
// Some 19,000 digits: far beyond any price, and cheap enough to multiply.
constexpr std::size_t LIMBS_MAX = 2048;
constexpr std::uint32_t SCALE_MAX = 4096;

void trim(Big& value) {
    while (!value.limbs.empty() && value.limbs.back() == 0) value.limbs.pop_back();
    if (value.limbs.empty()) value.negative = false;
    if (value.limbs.size() > LIMBS_MAX) throw LimitReached{};
}

int compare_magnitudes(const Big& a, const Big& b) {
    if (a.limbs.size() != b.limbs.size()) return a.limbs.size() < b.limbs.size() ? -1 : 1;
    for (std::size_t i = a.limbs.size(); i-- > 0;) {
        if (a.limbs[i] != b.limbs[i]) return a.limbs[i] < b.limbs[i] ? -1 : 1;
    }
    return 0;
}

Big add_magnitudes(const Big& a, const Big& b) {
    Big sum;
    std::size_t count = std::max(a.limbs.size(), b.limbs.size());
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < count || carry != 0; ++i) {
        std::uint64_t limb = carry;
        if (i < a.limbs.size()) limb += a.limbs[i];
        if (i < b.limbs.size()) limb += b.limbs[i];
        sum.limbs.push_back(static_cast<std::uint32_t>(limb));
        carry = limb >> 32;
    }
    return sum;
}

// The larger magnitude comes first.
Big subtract_magnitudes(const Big& a, const Big& b) {
    Big difference;
    std::int64_t borrow = 0;
    for (std::size_t i = 0; i < a.limbs.size(); ++i) {
        std::int64_t limb = static_cast<std::int64_t>(a.limbs[i]) - borrow;
        if (i < b.limbs.size()) limb -= b.limbs[i];
        borrow = limb < 0 ? 1 : 0;
        difference.limbs.push_back(static_cast<std::uint32_t>(limb + (borrow << 32)));
    }
    return difference;
}

std::uint32_t divide_small(Big& value, std::uint32_t divisor) {
    std::uint64_t remainder = 0;
    for (std::size_t i = value.limbs.size(); i-- > 0;) {
        std::uint64_t limb = (remainder << 32) | value.limbs[i];
        value.limbs[i] = static_cast<std::uint32_t>(limb / divisor);
        remainder = limb % divisor;
    }
    trim(value);
    return static_cast<std::uint32_t>(remainder);
}

void multiply_add_small(Big& value, std::uint32_t factor, std::uint32_t summand) {
    std::uint64_t carry = summand;
    for (std::uint32_t& limb : value.limbs) {
        carry += static_cast<std::uint64_t>(limb) * factor;
        limb = static_cast<std::uint32_t>(carry);
        carry >>= 32;
    }
    if (carry != 0) value.limbs.push_back(static_cast<std::uint32_t>(carry));
    if (value.limbs.size() > LIMBS_MAX) throw LimitReached{};
}

void append_digits(Big& value, std::string_view digits) {
    while (!digits.empty()) {
        std::size_t taken = std::min<std::size_t>(9, digits.size());
        std::uint32_t chunk = 0;
        std::uint32_t factor = 1;
        for (std::size_t i = 0; i < taken; ++i) {
            chunk = chunk * 10 + static_cast<std::uint32_t>(digits[i] - '0');
            factor *= 10;
        }
        multiply_add_small(value, factor, chunk);
        digits.remove_prefix(taken);
    }
}

Big shifted_left(const Big& value, unsigned bits) {
    Big shifted = value;
    if (bits == 0) {
        shifted.limbs.push_back(0);
        return shifted;
    }
    std::uint32_t carry = 0;
    for (std::uint32_t& limb : shifted.limbs) {
        std::uint32_t next = limb >> (32 - bits);
        limb = (limb << bits) | carry;
        carry = next;
    }
    shifted.limbs.push_back(carry);
    return shifted;
}

// Knuth's algorithm D on magnitudes; the divisor has at least two limbs.
void divide_long(const Big& a, const Big& b, Big& quotient, Big& remainder) {
    unsigned shift = static_cast<unsigned>(__builtin_clz(b.limbs.back()));
    Big u = shifted_left(a, shift);
    Big v = shifted_left(b, shift);
    v.limbs.pop_back();
    std::size_t n = v.limbs.size();
    std::size_t m = u.limbs.size() - n;
    quotient.limbs.zeros(m);
    for (std::size_t j = m; j-- > 0;) {
        std::uint64_t top = (static_cast<std::uint64_t>(u.limbs[j + n]) << 32) | u.limbs[j + n - 1];
        std::uint64_t digit = top / v.limbs[n - 1];
        std::uint64_t rest = top % v.limbs[n - 1];
        while (digit >> 32 != 0 || digit * v.limbs[n - 2] > ((rest << 32) | u.limbs[j + n - 2])) {
            --digit;
            rest += v.limbs[n - 1];
            if (rest >> 32 != 0) break;
        }
        std::int64_t borrow = 0;
        std::uint64_t carry = 0;
        for (std::size_t i = 0; i < n; ++i) {
            carry += digit * v.limbs[i];
            std::int64_t limb = static_cast<std::int64_t>(u.limbs[i + j]) - borrow -
                                static_cast<std::int64_t>(carry & 0xffffffffU);
            u.limbs[i + j] = static_cast<std::uint32_t>(limb);
            borrow = limb < 0 ? 1 : 0;
            carry >>= 32;
        }
        std::int64_t limb =
            static_cast<std::int64_t>(u.limbs[j + n]) - borrow - static_cast<std::int64_t>(carry);
        u.limbs[j + n] = static_cast<std::uint32_t>(limb);
        if (limb < 0) {  // the digit was one too large
            --digit;
            std::uint64_t back = 0;
            for (std::size_t i = 0; i < n; ++i) {
                back += static_cast<std::uint64_t>(u.limbs[i + j]) + v.limbs[i];
                u.limbs[i + j] = static_cast<std::uint32_t>(back);
                back >>= 32;
            }
            u.limbs[j + n] += static_cast<std::uint32_t>(back);
        }
        quotient.limbs[j] = static_cast<std::uint32_t>(digit);
    }
    for (std::size_t i = 0; i < n; ++i) {
        std::uint64_t pair = u.limbs[i];
        if (shift != 0) {
            std::uint64_t above = i + 1 < u.limbs.size() ? u.limbs[i + 1] : 0;
            pair = (pair >> shift) | (above << (32 - shift));
        }
        remainder.limbs.push_back(static_cast<std::uint32_t>(pair));
    }
    trim(quotient);
    trim(remainder);
}
}  // namespace

Big::Big(std::int64_t value) : negative(value < 0) {
    std::uint64_t magnitude =
        value < 0 ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
    for (; magnitude != 0; magnitude >>= 32) limbs.push_back(static_cast<std::uint32_t>(magnitude));
}

Big Big::parse(std::string_view digits, std::string_view more) {
    Big value;
    bool negative = !digits.empty() && digits[0] == '-';
    if (!digits.empty() && (digits[0] == '-' || digits[0] == '+')) digits.remove_prefix(1);
    append_digits(value, digits);
    append_digits(value, more);
    value.negative = negative;
    trim(value);
    return value;
}

std::string_view Big::text_into(char* buffer) const {
    char* end = buffer + text_bytes_max();
    char* at = end;
    Big rest = *this;
    do {
        std::uint32_t chunk = divide_small(rest, 1'000'000'000);
        for (int i = 0; i < 9 && (chunk != 0 || !rest.zero() || at == end); ++i, chunk /= 10) {
            *--at = static_cast<char>('0' + chunk % 10);
        }
    } while (!rest.zero());
    if (negative) *--at = '-';
    return {at, end};
}

std::string Big::text() const {
    std::string buffer(text_bytes_max(), ' ');
    return std::string(text_into(buffer.data()));
}

std::optional<std::int64_t> Big::small() const {
    if (limbs.size() > 2) return std::nullopt;
    std::uint64_t magnitude = 0;
    for (std::size_t i = limbs.size(); i-- > 0;) magnitude = (magnitude << 32) | limbs[i];
    if (magnitude > (negative ? 0x8000000000000000ULL : 0x7fffffffffffffffULL)) return std::nullopt;
    return static_cast<std::int64_t>(negative ? ~magnitude + 1 : magnitude);
}

double Big::real() const {
    if (auto value = small()) return static_cast<double>(*value);
    return Decimal::from(*this).real();
}

Big operator-(Big a) {
    a.negative = !a.negative && !a.limbs.empty();
    return a;
}

Big operator+(const Big& a, const Big& b) {
    Big sum;
    if (a.negative == b.negative) {
        sum = add_magnitudes(a, b);
        sum.negative = a.negative;
    } else if (compare_magnitudes(a, b) >= 0) {
        sum = subtract_magnitudes(a, b);
        sum.negative = a.negative;
    } else {
        sum = subtract_magnitudes(b, a);
        sum.negative = b.negative;
    }
    trim(sum);
    return sum;
}

Big operator-(const Big& a, const Big& b) {
    return a + -Big(b);
}

Big operator*(const Big& a, const Big& b) {
    Big product;
    if (a.zero() || b.zero()) return product;
    if (a.limbs.size() + b.limbs.size() > LIMBS_MAX + 1) throw LimitReached{};
    product.limbs.zeros(a.limbs.size() + b.limbs.size());
    for (std::size_t i = 0; i < a.limbs.size(); ++i) {
        std::uint64_t carry = 0;
        for (std::size_t j = 0; j < b.limbs.size(); ++j) {
            carry += static_cast<std::uint64_t>(a.limbs[i]) * b.limbs[j] + product.limbs[i + j];
            product.limbs[i + j] = static_cast<std::uint32_t>(carry);
            carry >>= 32;
        }
        product.limbs[i + b.limbs.size()] = static_cast<std::uint32_t>(carry);
    }
    product.negative = a.negative != b.negative;
    trim(product);
    return product;
}

int compare(const Big& a, const Big& b) {
    if (a.negative != b.negative) return a.negative ? -1 : 1;
    int magnitudes = compare_magnitudes(a, b);
    return a.negative ? -magnitudes : magnitudes;
}

Division floor_divide(const Big& a, const Big& b) {
    Division result;
    if (compare_magnitudes(a, b) < 0) {
        result.remainder = a;
        result.remainder.negative = false;
    } else if (b.limbs.size() == 1) {
        result.quotient = a;
        result.quotient.negative = false;
        result.remainder = Big(divide_small(result.quotient, b.limbs[0]));
    } else {
        divide_long(a, b, result.quotient, result.remainder);
    }
    if (a.negative != b.negative) {
        result.quotient = -result.quotient;
        if (!result.remainder.zero()) {
            result.quotient = result.quotient - Big(1);
            Big divisor = b;
            divisor.negative = false;
            result.remainder = divisor - result.remainder;
        }
    }
    result.remainder.negative = b.negative && !result.remainder.zero();
    return result;
}

Big power_of_ten(std::uint32_t exponent) {
    if (exponent > 2 * SCALE_MAX) throw LimitReached{};
    // The highest power in 64 bits at once.
    std::int64_t first = 1;
    for (std::uint32_t i = 0; i < 18 && exponent > 0; ++i, --exponent) first *= 10;
    Big power(first);
    for (; exponent >= 9; exponent -= 9) multiply_add_small(power, 1'000'000'000, 0);
    for (; exponent > 0; --exponent) multiply_add_small(power, 10, 0);
    return power;
}

}  // namespace liquid
