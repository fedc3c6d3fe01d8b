#include "big.h"
#include "liquid/arena.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace liquid {
namespace {
constexpr std::uint32_t SCALE_MAX = 4096;
// More digits than a double can tell apart, as BigDecimal computes quotients.
constexpr std::uint32_t QUOTIENT_DIGITS = 40;
using Special = Decimal::Special;

Decimal special(Special kind) {
    return {Big(), 0, kind};
}

void align(const Decimal& a, const Decimal& b, Big& left, Big& right, std::uint32_t& scale) {
    scale = std::max(a.scale, b.scale);
    left = a.scale == scale ? a.unscaled : a.unscaled * power_of_ten(scale - a.scale);
    right = b.scale == scale ? b.unscaled : b.unscaled * power_of_ten(scale - b.scale);
}

// What a double holds exactly: integers up to here, and powers of ten up to that one.
constexpr std::int64_t EXACT_MAX = std::int64_t(1) << 53;
constexpr double EXACT_POWERS[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                   1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

bool exact(std::int64_t value) {
    return value <= EXACT_MAX && value >= -EXACT_MAX;
}

// Prices and the like: few places behind the point, and few digits at all. So few digits stand for
// one double alone, hence the first decimal found that is this double is its shortest one.
std::optional<Decimal> short_decimal(double value) {
    constexpr double DIGITS_MAX = 1e15;
    constexpr std::uint32_t PLACES_MAX = 6;
    if (value == 0) return std::nullopt;
    for (std::uint32_t places = 0; places <= PLACES_MAX; ++places) {
        double scaled = std::nearbyint(value * EXACT_POWERS[places]);
        if (!(std::fabs(scaled) < DIGITS_MAX)) return std::nullopt;
        if (scaled / EXACT_POWERS[places] != value) continue;
        return Decimal{Big(static_cast<std::int64_t>(scaled)), places, Special::none};
    }
    return std::nullopt;
}

Special combine(const Decimal& a, const Decimal& b) {
    if (a.special == Special::nan || b.special == Special::nan) return Special::nan;
    if (a.special == Special::none) return b.special;
    if (b.special == Special::none || a.special == b.special) return a.special;
    return Special::nan;
}
}  // namespace

Decimal Decimal::parse(std::string_view digits) {
    std::size_t point = digits.find('.');
    bool negative = digits.starts_with('-');
    if (point == std::string_view::npos) {
        Big whole = Big::parse(digits);
        return {whole, 0, Special::none, negative && whole.zero()};
    }
    std::string_view fraction = digits.substr(point + 1);
    while (!fraction.empty() && fraction.back() == '0') fraction.remove_suffix(1);
    if (fraction.size() > SCALE_MAX) throw LimitReached{};
    Big unscaled = Big::parse(digits.substr(0, point), fraction);
    if (unscaled.zero()) return zero_of(negative);
    return {unscaled, static_cast<std::uint32_t>(fraction.size()), Special::none};
}

Decimal Decimal::from(double value) {
    if (std::isnan(value)) return liquid::special(Special::nan);
    if (std::isinf(value)) {
        return liquid::special(value < 0 ? Special::minus_infinity : Special::infinity);
    }
    if (auto made = short_decimal(value)) return *made;
    char digits[64];
    auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::scientific);
    std::string_view text(digits, static_cast<std::size_t>(end.ptr - digits));
    std::size_t e = text.find('e');
    int exponent = 0;
    std::string_view power = text.substr(e + 1);
    if (power[0] == '+') power.remove_prefix(1);
    std::from_chars(power.data(), power.data() + power.size(), exponent);
    Decimal made = parse(text.substr(0, e));
    int scale = static_cast<int>(made.scale) - exponent;
    if (scale >= 0) {
        made.scale = static_cast<std::uint32_t>(scale);
    } else {
        made.unscaled = made.unscaled * power_of_ten(static_cast<std::uint32_t>(-scale));
        made.scale = 0;
    }
    return made;
}

double Decimal::real() const {
    if (special == Special::nan) return NAN;
    if (special == Special::infinity) return INFINITY;
    if (special == Special::minus_infinity) return -INFINITY;
    if (unscaled.zero()) return minus_zero ? -0.0 : 0.0;
    auto small = unscaled.small();
    if (small && exact(*small) && scale < std::size(EXACT_POWERS)) {
        return static_cast<double>(*small) / EXACT_POWERS[scale];
    }
    constexpr std::size_t TAIL = 16;  // e-SCALE
    char usual[192];
    std::unique_ptr<char[]> large;
    char* buffer = usual;
    if (unscaled.text_bytes_max() + TAIL > sizeof usual) {
        large = std::make_unique_for_overwrite<char[]>(unscaled.text_bytes_max() + TAIL);
        buffer = large.get();
    }
    std::string_view digits = unscaled.text_into(buffer);
    char* end = buffer + unscaled.text_bytes_max();
    *end++ = 'e';
    *end++ = '-';
    end = std::to_chars(end, end + TAIL - 2, scale).ptr;
    double value = 0;
    auto parsed = std::from_chars(digits.data(), end, value);
    if (parsed.ec == std::errc::result_out_of_range) {
        // Too large is infinite, too small is zero.
        bool is_large = digits.size() > scale + 20;
        double limit = is_large ? INFINITY : 0.0;
        return unscaled.negative ? -limit : limit;
    }
    return value;
}

Decimal operator+(const Decimal& a, const Decimal& b) {
    if (Special kind = combine(a, b); kind != Special::none) return special(kind);
    Big left;
    Big right;
    std::uint32_t scale = 0;
    align(a, b, left, right, scale);
    return {left + right, scale, Special::none, a.minus_zero && b.minus_zero};
}

Decimal operator-(const Decimal& a, const Decimal& b) {
    Decimal negated = b;
    negated.unscaled = -negated.unscaled;
    negated.minus_zero = b.zero() && !b.minus_zero;
    if (b.special == Special::infinity) negated.special = Special::minus_infinity;
    if (b.special == Special::minus_infinity) negated.special = Special::infinity;
    return a + negated;
}

Decimal operator*(const Decimal& a, const Decimal& b) {
    if (a.special != Special::none || b.special != Special::none) {
        if (a.special == Special::nan || b.special == Special::nan || a.zero() || b.zero()) {
            return special(Special::nan);
        }
        bool negative = a.negative() != b.negative();
        return special(negative ? Special::minus_infinity : Special::infinity);
    }
    if (a.zero() || b.zero()) return Decimal::zero_of(a.negative() != b.negative());
    if (a.scale + b.scale > SCALE_MAX) throw LimitReached{};
    return {a.unscaled * b.unscaled, a.scale + b.scale, Special::none};
}

Decimal divide(const Decimal& a, const Decimal& b) {
    if (a.special != Special::none || b.special != Special::none) {
        bool negative = a.negative() != b.negative();
        if (a.special == Special::none) return Decimal::zero_of(negative);
        if (b.special != Special::none) return special(Special::nan);
        if (a.special == Special::nan) return a;
        return special(negative ? Special::minus_infinity : Special::infinity);
    }
    if (b.unscaled.zero()) {
        if (a.unscaled.zero()) return special(Special::nan);
        bool negative = a.negative() != b.minus_zero;
        return special(negative ? Special::minus_infinity : Special::infinity);
    }
    if (a.unscaled.zero()) return Decimal::zero_of(a.negative() != b.negative());
    // Digits enough in front of the point that the quotient keeps its precision.
    std::uint32_t digits =
        QUOTIENT_DIGITS + static_cast<std::uint32_t>(b.unscaled.limbs.size() * 10) + b.scale;
    Big numerator = a.unscaled * power_of_ten(digits);
    Big magnitude_a = numerator;
    Big magnitude_b = b.unscaled;
    magnitude_a.negative = magnitude_b.negative = false;
    Big quotient = floor_divide(magnitude_a, magnitude_b).quotient;
    quotient.negative = a.unscaled.negative != b.unscaled.negative && !quotient.zero();
    // a / 10^sa divided by b / 10^sb is q / 10^(digits + sa - sb).
    std::uint32_t scale = digits + a.scale - b.scale;
    if (scale > SCALE_MAX) {
        quotient = floor_divide(quotient, power_of_ten(scale - SCALE_MAX)).quotient;
        scale = SCALE_MAX;
    }
    return {quotient, scale, Special::none};
}

std::optional<double> quick_quotient(const Decimal& a, const Decimal& b) {
    if (a.special != Special::none || b.special != Special::none) return std::nullopt;
    auto left = a.unscaled.small();
    auto right = b.unscaled.small();
    if (!left || !right || *left == 0 || *right == 0) return std::nullopt;
    std::uint32_t places = a.scale > b.scale ? a.scale - b.scale : b.scale - a.scale;
    constexpr std::uint32_t PLACES_MAX = 15;
    if (places > PLACES_MAX) return std::nullopt;
    std::int64_t& aligned = a.scale > b.scale ? *right : *left;
    auto power = static_cast<std::int64_t>(EXACT_POWERS[places]);
    if (__builtin_mul_overflow(aligned, power, &aligned)) return std::nullopt;
    if (!exact(*left) || !exact(*right)) return std::nullopt;
    return static_cast<double>(*left) / static_cast<double>(*right);
}

Decimal modulo(const Decimal& a, const Decimal& b) {
    if (a.special != Special::none || b.special == Special::nan) return special(Special::nan);
    if (b.special != Special::none) return a;
    Big left;
    Big right;
    std::uint32_t scale = 0;
    align(a, b, left, right, scale);
    return {floor_divide(left, right).remainder, scale, Special::none};
}

int compare(const Decimal& a, const Decimal& b) {
    auto rank = [](const Decimal& value) {
        return value.special == Special::minus_infinity ? -1
               : value.special == Special::infinity     ? 1
                                                        : 0;
    };
    if (rank(a) != 0 || rank(b) != 0) return rank(a) - rank(b);
    Big left;
    Big right;
    std::uint32_t scale = 0;
    align(a, b, left, right, scale);
    return compare(left, right);
}

Big floor_of(const Decimal& value) {
    return floor_divide(value.unscaled, power_of_ten(value.scale)).quotient;
}

Big ceil_of(const Decimal& value) {
    Division divided = floor_divide(value.unscaled, power_of_ten(value.scale));
    return divided.remainder.zero() ? divided.quotient : divided.quotient + Big(1);
}

Decimal round(const Decimal& value, std::int64_t digits) {
    if (digits >= static_cast<std::int64_t>(value.scale)) return value;
    if (digits < -static_cast<std::int64_t>(SCALE_MAX)) return Decimal::from(Big(0));
    auto cut = static_cast<std::uint32_t>(static_cast<std::int64_t>(value.scale) - digits);
    Big unit = power_of_ten(cut);
    Big magnitude = value.unscaled;
    magnitude.negative = false;
    Division divided = floor_divide(magnitude, unit);
    Big quotient = divided.quotient;
    if (compare(divided.remainder + divided.remainder, unit) >= 0) quotient = quotient + Big(1);
    quotient.negative = value.unscaled.negative && !quotient.zero();
    if (quotient.zero()) return Decimal::zero_of(value.negative());
    if (digits >= 0) return {quotient, static_cast<std::uint32_t>(digits), Special::none};
    return {quotient * power_of_ten(static_cast<std::uint32_t>(-digits)), 0, Special::none};
}

Big round(const Big& value, std::int64_t digits) {
    if (digits >= 0) return value;
    return round(Decimal::from(value), digits).unscaled;
}

}  // namespace liquid
