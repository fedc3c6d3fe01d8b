// Arithmetic as Ruby's integers and decimals do it.
#include "filters.h"
#include "messages.h"
#include "text.h"

#include <algorithm>
#include <cmath>

namespace liquid {
namespace {

[[noreturn]] void divided_by_zero() {
    throw Error(ErrorType::zero_division, "divided by 0");
}

[[noreturn]] void no_number(const Decimal& value) {
    const char* name = value.special == Decimal::Special::nan              ? "NaN"
                       : value.special == Decimal::Special::minus_infinity ? "-Infinity"
                                                                           : "Infinity";
    throw Error(
        ErrorType::float_domain,
        "Computation results in '" + std::string(name) + "'" +
            (value.special == Decimal::Special::nan ? " (Not a Number)" : "")
    );
}

enum class Operation { plus, minus, times, divide, modulo };

Value small(std::int64_t a, std::int64_t b, Operation operation, bool& done) {
    std::int64_t result = 0;
    done = true;
    switch (operation) {
        case Operation::plus:
            done = !__builtin_add_overflow(a, b, &result);
            break;
        case Operation::minus:
            done = !__builtin_sub_overflow(a, b, &result);
            break;
        case Operation::times:
            done = !__builtin_mul_overflow(a, b, &result);
            break;
        case Operation::divide:
        case Operation::modulo: {
            if (b == 0) divided_by_zero();
            if (b == -1) {
                done = a != INT64_MIN;
                result = operation == Operation::modulo || !done ? 0 : -a;
                break;
            }
            std::int64_t quotient = a / b;
            std::int64_t remainder = a % b;
            if (remainder != 0 && (remainder < 0) != (b < 0)) {
                --quotient;
                remainder += b;
            }
            result = operation == Operation::divide ? quotient : remainder;
            break;
        }
    }
    return result;
}

// A quotient has digits as many as both operands, and some more.
void count_division(const Number& a, const Number& b, Render& render) {
    std::size_t left = limbs_of(a);
    std::size_t right = limbs_of(b);
    render.step(2 + (left + right + 5) * (right + 2) / 32);
}

Value compute(FilterCall& call, Operation operation) {
    auto left = to_small_number(call.input);
    auto right = to_small_number(call.argument(0));
    if (left && right) {
        bool done = false;
        Value result = small(*left, *right, operation, done);
        if (done) return result;
    }
    Number a = to_number(call.input, call.render);
    Number b = to_number(call.argument(0), call.render);
    count_work(a, b, call.render);
    Number result;
    result.decimal = a.decimal || b.decimal;
    if (!result.decimal) {
        switch (operation) {
            case Operation::plus:
                result.integer = a.integer + b.integer;
                break;
            case Operation::minus:
                result.integer = a.integer - b.integer;
                break;
            case Operation::times:
                result.integer = a.integer * b.integer;
                break;
            case Operation::divide:
                if (b.integer.zero()) divided_by_zero();
                result.integer = floor_divide(a.integer, b.integer).quotient;
                break;
            case Operation::modulo:
                if (b.integer.zero()) divided_by_zero();
                result.integer = floor_divide(a.integer, b.integer).remainder;
                break;
        }
        return value_of(result, call.render);
    }
    Decimal x = a.as_decimal();
    Decimal y = b.as_decimal();
    switch (operation) {
        case Operation::plus:
            result.real = x + y;
            break;
        case Operation::minus:
            result.real = x - y;
            break;
        case Operation::times:
            result.real = x * y;
            break;
        case Operation::divide:
            if (auto quotient = quick_quotient(x, y)) return *quotient;
            count_division(a, b, call.render);
            result.real = divide(x, y);  // by zero: infinite, as decimals are
            break;
        case Operation::modulo:
            if (y.zero()) divided_by_zero();
            result.real = modulo(x, y);
            break;
    }
    return value_of(result, call.render);
}

Value plus(FilterCall& call) {
    return compute(call, Operation::plus);
}
Value minus(FilterCall& call) {
    return compute(call, Operation::minus);
}
Value times(FilterCall& call) {
    return compute(call, Operation::times);
}
Value divided_by(FilterCall& call) {
    return compute(call, Operation::divide);
}
Value modulo_by(FilterCall& call) {
    return compute(call, Operation::modulo);
}

Value absolute(FilterCall& call) {
    if (call.input.is(Kind::integer) && call.input.integer() != INT64_MIN) {
        return call.input.integer() < 0 ? -call.input.integer() : call.input.integer();
    }
    Number number = to_number(call.input, call.render);
    call.render.step(2);
    number.integer.negative = false;
    number.real.unscaled.negative = false;
    number.real.minus_zero = false;
    if (number.real.special == Decimal::Special::minus_infinity) {
        number.real.special = Decimal::Special::infinity;
    }
    return value_of(number, call.render);
}

Value ceil(FilterCall& call) {
    if (call.input.is(Kind::integer)) return call.input;
    Number number = to_number(call.input, call.render);
    if (!number.decimal) return value_of(number.integer, call.render);
    if (number.real.special != Decimal::Special::none) no_number(number.real);
    count_work(number, {}, call.render);
    return value_of(ceil_of(number.real), call.render);
}

Value floor(FilterCall& call) {
    if (call.input.is(Kind::integer)) return call.input;
    Number number = to_number(call.input, call.render);
    if (!number.decimal) return value_of(number.integer, call.render);
    if (number.real.special != Decimal::Special::none) no_number(number.real);
    count_work(number, {}, call.render);
    return value_of(floor_of(number.real), call.render);
}

Value round_to(FilterCall& call) {
    Value wanted = call.argument(0, 0);
    bool whole_places =
        wanted.is(Kind::integer) && wanted.integer() >= 0 && wanted.integer() <= INT32_MAX;
    if (call.input.is(Kind::integer) && whole_places) return call.input;
    Number number = to_number(call.input, call.render);
    Number places = to_number(wanted, call.render);
    if (places.decimal && places.real.special != Decimal::Special::none) no_number(places.real);
    count_work(places, {}, call.render);
    Big whole = places.decimal ? places.real.unscaled : places.integer;
    if (places.decimal) {
        Big unit = power_of_ten(places.real.scale);
        bool negative = whole.negative;
        whole.negative = false;
        whole = floor_divide(whole, unit).quotient;
        whole.negative = negative && !whole.zero();
    }
    std::int64_t digits = whole.small().value_or(INT64_MAX);
    if (digits < INT32_MIN || digits > INT32_MAX) {  // Ruby's RangeError
        throw Error(ErrorType::internal, std::string(messages::INTERNAL));
    }
    digits = std::clamp<std::int64_t>(digits, -100000, 100000);
    std::uint64_t power = static_cast<std::uint64_t>(std::clamp<std::int64_t>(-digits, 0, 5000)) +
                          (number.decimal ? number.real.scale : 0);
    std::size_t limbs = limbs_of(number);
    call.render.step(1 + power * power / 5'000 + (limbs * 8 + limbs * limbs) / 64);
    // BigDecimal#round answers with an Integer where no places behind the point are asked for.
    bool to_whole = digits < 1;
    if (!number.decimal) {
        if (digits < -5000) return 0;
        return value_of(round(number.integer, digits), call.render);
    }
    if (number.real.special != Decimal::Special::none) {
        if (to_whole) no_number(number.real);
        return number.real.real();
    }
    number.real = round(number.real, digits);
    if (to_whole) return value_of(floor_of(number.real), call.render);
    return value_of(number, call.render);
}

Value bounded(FilterCall& call, int keep) {
    auto left = to_small_number(call.input);
    auto right = to_small_number(call.argument(0));
    if (left && right) return keep > 0 ? std::max(*left, *right) : std::min(*left, *right);
    Number bound = to_number(call.argument(0), call.render);
    Number number = to_number(call.input, call.render);
    count_work(bound, number, call.render);
    Decimal a = bound.as_decimal();
    Decimal b = number.as_decimal();
    if (a.special == Decimal::Special::nan || b.special == Decimal::Special::nan) {
        return value_of(number, call.render);
    }
    return value_of(compare(a, b) * keep > 0 ? bound : number, call.render);
}

Value at_least(FilterCall& call) {
    return bounded(call, 1);
}
Value at_most(FilterCall& call) {
    return bounded(call, -1);
}

constexpr FilterEntry FILTERS[] = {
    {"plus", plus, 1, 1},
    {"minus", minus, 1, 1},
    {"times", times, 1, 1},
    {"divided_by", divided_by, 1, 1},
    {"modulo", modulo_by, 1, 1},
    {"abs", absolute, 0, 0},
    {"ceil", ceil, 0, 0},
    {"floor", floor, 0, 0},
    {"round", round_to, 0, 1},
    {"at_least", at_least, 1, 1},
    {"at_most", at_most, 1, 1},
};
}  // namespace

std::span<const FilterEntry> math_filters() {
    return FILTERS;
}

}  // namespace liquid
