#include "filters.h"
#include "liquid/drop.h"
#include "messages.h"
#include "text.h"
#include "utf8.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

namespace liquid {
namespace {
constexpr std::int64_t LOWEST = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t HIGHEST = std::numeric_limits<std::int64_t>::max();

// Digits with single underscores between them, as Ruby reads integers; where there are such,
// `joined` holds the digits alone.
std::string_view digits_at(std::string_view text, std::size_t& at, std::string& joined) {
    auto run = [&] {
        std::size_t begin = at;
        while (at < text.size() && utf8::is_digit(text[at])) ++at;
        return text.substr(begin, at - begin);
    };
    std::string_view digits = run();
    while (!digits.empty() && at + 1 < text.size() && text[at] == '_' &&
           utf8::is_digit(text[at + 1])) {
        if (joined.empty()) joined = digits;
        ++at;
        joined += run();
        digits = joined;
    }
    return digits;
}

// Turning digits into a number is quadratic.
void count_digits(std::size_t digits, Render& render) {
    render.step(digits / 64 + digits * digits / 12'000);
}

// Prices are read at once; other doubles by their digits, very large ones by their many digits.
void count_reading(const Decimal& real, Render& render) {
    constexpr std::uint32_t SHORT_SCALE_MAX = 6;
    std::size_t limbs = real.unscaled.limbs.size();
    if (limbs > 1 || real.scale > SHORT_SCALE_MAX) render.step(2 + limbs * limbs / 128);
}

[[noreturn]] void invalid_integer() {
    throw Error(ErrorType::argument, "invalid integer");
}

Value integer_of(std::string_view digits, bool negative, Arena& arena) {
    Big value = Big::parse(digits);
    if (negative) value = -value;
    if (auto small = value.small()) return *small;
    return arena.make<BigInteger>(std::move(value));
}

// 0x, 0b, 0o and octal numbers are integers to Ruby's Integer() as well.
std::optional<std::int64_t> other_base(std::string_view text) {
    bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    if (text.size() < 2 || text[0] != '0') return std::nullopt;
    int base = 8;
    char mark = static_cast<char>(text[1] | 0x20);
    if (mark == 'x' || mark == 'b' || mark == 'o' || mark == 'd') {
        base = mark == 'x' ? 16 : mark == 'b' ? 2 : mark == 'o' ? 8 : 10;
        text.remove_prefix(2);
    } else {
        text.remove_prefix(1);
    }
    std::int64_t value = 0;
    auto parsed = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return std::nullopt;
    if (text.starts_with('-')) return std::nullopt;
    return negative ? -value : value;
}
}  // namespace

Value integer_prefix(std::string_view text, Render* render) {
    std::size_t at = 0;
    while (at < text.size() && utf8::is_space(text[at])) ++at;
    bool negative = at < text.size() && text[at] == '-';
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    std::size_t begin = at;
    std::int64_t value = 0;
    bool whole = true;
    for (; whole && at < text.size(); ++at) {
        bool between =
            text[at] == '_' && at > begin && at + 1 < text.size() && utf8::is_digit(text[at + 1]);
        if (between) continue;
        if (!utf8::is_digit(text[at])) break;
        int digit = text[at] - '0';
        whole = !__builtin_mul_overflow(value, 10, &value) &&
                !__builtin_add_overflow(value, negative ? -digit : digit, &value);
    }
    if (whole) return value;
    if (render == nullptr) return negative ? LOWEST : HIGHEST;
    constexpr std::size_t DIGITS_MAX = 4096;
    std::string joined;
    std::string_view digits = digits_at(text.substr(0, begin + DIGITS_MAX), begin, joined);
    render->step(2);
    count_digits(digits.size(), *render);
    return integer_of(digits, negative, render->scratch());
}

Value to_integer(const Value& value, Render& render) {
    if (value.is(Kind::integer) || value.is(Kind::big_integer)) return value;
    std::string_view text = to_text(value, render);
    render.step(text.size() / 64);
    text = utf8::strip(text);
    constexpr std::size_t DIGITS_MAX = 4096;
    if (text.empty() || text.size() > DIGITS_MAX) invalid_integer();
    if (auto number = other_base(text)) return *number;
    bool negative = text.front() == '-';
    std::size_t at = negative || text.front() == '+' ? 1 : 0;
    bool octal = at + 1 < text.size() && text[at] == '0';
    std::string joined;
    std::string_view digits = digits_at(text, at, joined);
    if (digits.empty() || at != text.size() || octal) invalid_integer();
    count_digits(digits.size(), render);
    return integer_of(digits, negative, render.scratch());
}

std::int64_t small_integer(const Value& integer) {
    if (integer.is(Kind::integer)) return integer.integer();
    return integer.is(Kind::big_integer) && integer.big_integer().value.negative ? LOWEST : HIGHEST;
}

std::int64_t loose_integer(const Value& value, Render& render) {
    switch (value.kind()) {
        case Kind::nil:
            return 0;
        case Kind::integer:
        case Kind::big_integer:
            return small_integer(value);
        case Kind::string:
            render.step(value.string().size() / 64);
            return integer_prefix(value.string()).integer();
        case Kind::real:
            if (!std::isfinite(value.real())) {
                throw Error(ErrorType::internal, std::string(messages::INTERNAL));
            }
            if (std::fabs(value.real()) >= 9e18) return value.real() < 0 ? LOWEST : HIGHEST;
            return static_cast<std::int64_t>(value.real());
        case Kind::time:
            return value.time().seconds;
        default:
            invalid_integer();
    }
}

std::int64_t saturated_sum(std::int64_t a, std::int64_t b) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(a, b, &sum)) return b < 0 ? LOWEST : HIGHEST;
    return sum;
}

std::int64_t range_size(const Range& range) {
    std::int64_t first = small_integer(range.first);
    std::int64_t last = small_integer(range.last);
    if (last < first) return 0;
    std::int64_t distance = 0;
    if (__builtin_sub_overflow(last, first, &distance)) return HIGHEST;
    return saturated_sum(distance, 1);
}

Big big_of(const Value& integer, Render& render) {
    if (integer.is(Kind::integer)) return integer.integer();
    render.step(1 + integer.big_integer().value.limbs.size() / 32);
    return integer.big_integer().value;
}

std::int64_t size_of(const Big& integer) {
    if (integer.zero()) return INTEGER_BYTES;
    auto unused = static_cast<std::size_t>(__builtin_clz(integer.limbs.back())) / 8;
    auto bytes = static_cast<std::int64_t>(integer.limbs.size() * 4 - unused);
    return std::max(bytes, INTEGER_BYTES);
}

Value size_of(const Range& range, Render& render) {
    if (!whole(range)) return {};
    if (range.first.is(Kind::integer) && range.last.is(Kind::integer)) {
        std::int64_t distance = 0;
        bool fits = !__builtin_sub_overflow(range.last.integer(), range.first.integer(), &distance);
        if (fits && distance < HIGHEST) return std::max<std::int64_t>(distance + 1, 0);
    }
    Big size = big_of(range.last, render) - big_of(range.first, render) + Big(1);
    return size.negative ? Value(0) : value_of(size, render);
}

bool blank_text(std::string_view text) {
    return std::all_of(text.begin(), text.end(), utf8::is_space);
}

std::optional<std::int64_t> to_small_number(const Value& value) {
    if (value.is(Kind::integer)) return value.integer();
    return std::nullopt;
}

Number to_number(const Value& value, Render& render) {
    Number number;
    switch (value.kind()) {
        case Kind::integer:
            number.integer = Big(value.integer());
            break;
        case Kind::big_integer:
            number.integer = value.big_integer().value;
            break;
        case Kind::real:
            number.decimal = true;
            number.real = Decimal::from(value.real());
            count_reading(number.real, render);
            break;
        case Kind::string: {
            // \A-?\d+\.\d+\z without the blanks around it; else the digits in front.
            render.step(1 + value.string().size() / 64);
            std::string_view text = utf8::strip(value.string());
            constexpr std::size_t DIGITS_MAX = 64 * 1024;
            if (text.size() > DIGITS_MAX) text = text.substr(0, DIGITS_MAX);
            std::size_t at = text.starts_with('-') ? 1 : 0;
            std::size_t point = at;
            while (point < text.size() && utf8::is_digit(text[point])) ++point;
            std::size_t end = point + 1;
            while (end < text.size() && utf8::is_digit(text[end])) ++end;
            // Reading digits takes time by their square.
            count_digits(text.size(), render);
            if (point > at && point + 1 < text.size() && text[point] == '.' && end == text.size()) {
                number.decimal = true;
                number.real = Decimal::parse(text);
                break;
            }
            std::size_t begin = 0;
            bool negative = text.starts_with('-');
            if (negative || text.starts_with('+')) begin = 1;
            std::string joined;
            number.integer = Big::parse(digits_at(text, begin, joined));
            if (negative) number.integer = -number.integer;
            break;
        }
        case Kind::drop: {
            auto made = value.drop().to_number(render);
            if (made && !made->is(Kind::drop)) return to_number(*made, render);
            break;
        }
        default:
            break;
    }
    return number;
}

std::int64_t Render::integer(const Value& value) {
    return small_integer(to_integer(value, *this));
}

double Render::number(const Value& value) {
    return to_number(value, *this).as_decimal().real();
}

Value value_of(const Big& integer, Render& render) {
    if (auto small = integer.small()) return *small;
    render.count_filter_bytes(integer.limbs.size() * 4);
    render.step(integer.limbs.size() / 4);
    return render.arena().make<BigInteger>(integer);
}

Value value_of(const Number& number, Render& render) {
    if (!number.decimal) return value_of(number.integer, render);
    std::size_t limbs = number.real.unscaled.limbs.size();
    render.step(limbs * limbs / 24 + (limbs + 1) / 3);
    return number.real.real();
}

std::size_t limbs_of(const Number& number) {
    return number.decimal ? number.real.unscaled.limbs.size() : number.integer.limbs.size();
}

void count_work(const Number& a, const Number& b, Render& render) {
    std::size_t left = limbs_of(a);
    std::size_t right = limbs_of(b);
    // Aligning decimals multiplies by powers of ten.
    std::uint64_t scale = (a.decimal ? a.real.scale : 0) + (b.decimal ? b.real.scale : 0);
    render.step(
        2 + (left + right) / 8 + (left + 1) * (right + 1) / 32 + scale / 100 + scale * scale / 8'000
    );
}

void TextBuilder::append_point(std::uint32_t code_point) {
    char bytes[4];
    *this += std::string_view(bytes, utf8::encode(code_point, bytes));
}

void TextBuilder::grow(std::size_t wanted) {
    Arena& arena = render_.scratch();
    std::size_t more = std::max(wanted, capacity_);
    render_.step(more / 256);
    if (arena.extend(begin_ + capacity_, more) != nullptr) {
        capacity_ += more;
        return;
    }
    char* moved = arena.text(capacity_ + more);
    std::memcpy(moved, begin_, size_);
    begin_ = moved;
    capacity_ += more;
}

Value TextBuilder::value() {
    render_.count_filter_bytes(size_);
    if (size_ > 256) render_.step(size_ / 256);
    render_.scratch().give_back(begin_ + capacity_, capacity_ - size_);
    return std::string_view(begin_, size_);
}

}  // namespace liquid
