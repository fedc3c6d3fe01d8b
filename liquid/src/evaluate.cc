#include "big.h"
#include "compare.h"
#include "filters.h"
#include "loop_drop.h"
#include "search.h"
#include "session.h"
#include "text.h"
#include "utf8.h"

#include <cmath>

namespace liquid {
namespace {
constexpr std::size_t ARGUMENTS_INLINE = 6;

bool comparable(const Value& value) {
    switch (value.kind()) {
        case Kind::integer:
        case Kind::big_integer:
        case Kind::real:
        case Kind::string:
        case Kind::time:
            return true;
        default:
            return false;
    }
}

// What most comparisons are.
bool compare_integers(std::int64_t left, std::int64_t right, const Condition& condition) {
    switch (condition.op) {
        case Operator::equal:
            return left == right;
        case Operator::not_equal:
            return left != right;
        case Operator::less:
            return left < right;
        case Operator::greater:
            return left > right;
        case Operator::less_or_equal:
            return left <= right;
        case Operator::greater_or_equal:
            return left >= right;
        case Operator::contains:
        case Operator::none:
            return false;
        case Operator::unknown:
            break;
    }
    throw Error(ErrorType::argument, "Unknown operator " + messages::quoted(condition.op_text));
}

// Beyond what Ruby keeps in a word.
bool large(const Value& value) {
    constexpr std::int64_t WORD = std::int64_t(1) << 62;
    return value.is(Kind::big_integer) ||
           (value.is(Kind::integer) && (value.integer() >= WORD || value.integer() < -WORD));
}

bool numeric(const Value& value) {
    return value.is(Kind::integer) || value.is(Kind::real) || value.is(Kind::big_integer);
}
}  // namespace

Value Session::evaluate(const Expression& expression) {
    switch (expression.kind) {
        case ExpressionKind::literal:
            return static_cast<const Literal&>(expression).value;
        case ExpressionKind::variable:
            return lookup(static_cast<const Variable&>(expression));
        case ExpressionKind::range:
            return range(static_cast<const RangeExpression&>(expression));
        case ExpressionKind::filtered:
            return filtered(static_cast<const Filtered&>(expression));
    }
    return {};
}

Value Session::lookup(const Variable& variable) {
    Value object;
    if (variable.dynamic_name != nullptr) {
        Value name = evaluate(*variable.dynamic_name);
        if (name.is(Kind::string)) {
            step(1 + name.string().size() / 128);
            object = find_variable(Name(name.string()));
        }
    } else {
        object = find_variable(variable.name);
    }
    for (std::uint32_t i = 0; i < variable.step_count; ++i) {
        const Step& step = variable.steps[i];
        count_small();
        bool found = false;
        if (step.dynamic == nullptr) {
            object = get(object, step, step.key, found);
        } else {
            Value key = plain(evaluate(*step.dynamic));
            this->step(1);
            count_key(key, *this);
            object = get(object, step, key, found);
        }
        if (!found) {
            if (strict_variables()) strict_undefined(step.key);
            return {};
        }
    }
    return object;
}

Value Session::get(const Value& object, const Step& step, const Value& key, bool& found) {
    found = true;
    switch (object.kind()) {
        case Kind::hash: {
            const Value* value = key.is(Kind::string) && step.dynamic == nullptr
                                     ? object.hash().find(key.string(), step.code)
                                     : object.hash().find(key);
            if (value != nullptr) return liquid(*value);
            break;
        }
        case Kind::array:
            if (key.is(Kind::integer)) {
                std::int64_t index = key.integer();
                auto size = static_cast<std::int64_t>(object.array().size());
                if (index < 0) index += size;
                if (index < 0 || index >= size) return {};
                return liquid(object.array()[static_cast<std::size_t>(index)]);
            }
            if (key.is(Kind::big_integer)) {  // Ruby's RangeError
                throw Error(ErrorType::internal, std::string(messages::INTERNAL));
            }
            break;
        case Kind::drop: {
            Value value = key.is(Kind::string) ? object.drop().property(key.string(), *this)
                                               : object.drop().index(key, *this);
            return liquid(value);
        }
        default:
            break;
    }
    if (step.command != Command::none) return command(object, step.command, found);
    found = false;
    return {};
}

Value Session::command(const Value& object, Command command, bool& found) {
    auto pair_of = [&](const Hash::Entry& entry) {
        Array* pair = arena().array(2);
        pair->push(entry.key);
        pair->push(entry.value);
        return Value(pair);
    };
    switch (object.kind()) {
        case Kind::array: {
            const Array& array = object.array();
            if (command == Command::size) return static_cast<std::int64_t>(array.size());
            if (array.empty()) return {};
            return liquid(command == Command::first ? array[0] : array[array.size() - 1]);
        }
        case Kind::hash:
            if (command == Command::size) return static_cast<std::int64_t>(object.hash().size());
            if (command == Command::first) {
                return object.hash().empty() ? Value() : pair_of(*object.hash().begin());
            }
            break;
        case Kind::string: {
            std::string_view text = object.string();
            step(text.size() / 16);
            if (command == Command::size) return static_cast<std::int64_t>(utf8::length(text));
            if (text.empty()) return "";
            if (command == Command::first) return text.substr(0, utf8::width(text, 0));
            std::size_t last = utf8::offset(text, utf8::length(text) - 1);
            return text.substr(last);
        }
        case Kind::range:
            if (command == Command::first) return object.range().first;
            if (command == Command::last) return object.range().last;
            return size_of(object.range(), *this);
        case Kind::integer:
            if (command == Command::size) return INTEGER_BYTES;
            break;
        case Kind::big_integer:
            if (command == Command::size) return size_of(object.big_integer().value);
            break;
        default:
            break;
    }
    found = false;
    return {};
}

Value Session::range(const RangeExpression& expression) {
    auto bound = [&](const Expression& side) -> Value {
        Value value = evaluate(side);
        switch (value.kind()) {
            case Kind::integer:
            case Kind::big_integer:
                return value;
            case Kind::nil:
                return 0;
            case Kind::string:
                step(1 + value.string().size() / 64);
                return integer_prefix(value.string(), this);
            default:
                return to_integer(value, *this);
        }
    };
    Range made{bound(*expression.first), bound(*expression.last)};
    return arena().make<Range>(made);
}

Value Session::filtered(const Filtered& chain) {
    Value value = evaluate(*chain.value);
    for (std::uint32_t i = 0; i < chain.filter_count; ++i) value = apply(chain.filters[i], value);
    return value;
}

Value Session::apply(const FilterUse& use, const Value& input) {
    Value inline_arguments[ARGUMENTS_INLINE];
    Value* arguments = inline_arguments;
    std::size_t count = use.argument_count;
    if (count + 1 > ARGUMENTS_INLINE) {
        step(count / 2);
        arguments = scratch().many<Value>(count + 1);
    }
    step(1);
    for (std::size_t i = 0; i < count; ++i) arguments[i] = evaluate(*use.arguments[i]);
    Hash* keywords = nullptr;
    if (use.keyword_count != 0) {
        step(use.keyword_count);
        keywords = scratch().hash(use.keyword_count);
        for (std::size_t i = 0; i < use.keyword_count; ++i) {
            keywords->set(use.keyword_names[i].text, evaluate(*use.keyword_values[i]));
        }
    }
    const Filter* filter = use.filter;
    if (filter == nullptr) {
        if (!options_.strict_filters || !context_->strict) return input;
        throw Error(ErrorType::undefined_filter, "undefined filter " + messages::quoted(use.name));
    }
    // Keywords are one more argument where a filter doesn't ask for them by name.
    if (keywords != nullptr && !filter->accepts_keywords) arguments[count++] = keywords;
    if (count < filter->arguments_min || count > filter->arguments_max) {
        throw Error(ErrorType::argument, wrong_arguments(*filter, count));
    }
    FilterCall call{*this, input, {arguments, count}, keywords};
    Value result =
        filter->function != nullptr ? filter->function(call) : filter->host_function(call);
    return liquid(result);
}

bool Session::test(const Condition& first) {
    const Condition* condition = &first;
    while (true) {
        if (condition->left == nullptr) return true;  // else
        bool result = plain(compare(*condition)).truthy();
        if (condition->relation == Relation::none) return result;
        if (result == (condition->relation == Relation::logical_or)) return result;
        condition = condition->child;
        count_small();
    }
}

Value Session::compare(const Condition& condition) {
    Value left = evaluate(*condition.left);
    if (condition.op == Operator::none) return left;
    left = plain(left);
    Value right = plain(evaluate(*condition.right));
    if (left.is(Kind::integer) && right.is(Kind::integer)) {
        return compare_integers(left.integer(), right.integer(), condition);
    }
    switch (condition.op) {
        case Operator::equal:
            return equal_operands(left, right);
        case Operator::not_equal:
            return !equal_operands(left, right);
        case Operator::contains:
            return contains(left, right);
        case Operator::unknown:
            throw Error(
                ErrorType::argument, "Unknown operator " + messages::quoted(condition.op_text)
            );
        default:
            return ordered(left, right, condition.op);
    }
}

bool Session::equal_operands(const Value& left, const Value& right) {
    auto keyword = [](const Value& value) {
        return value.is(Kind::blank) || value.is(Kind::empty);
    };
    if (!keyword(left) && !keyword(right)) return equal(left, right, *this);
    const Value& word = keyword(left) ? left : right;
    const Value& value = keyword(left) ? right : left;
    switch (value.kind()) {
        case Kind::string:
            if (word.is(Kind::empty)) return value.string().empty();
            step(value.string().size() / 64);
            return blank_text(value.string());
        case Kind::array:
            return value.array().empty();
        case Kind::hash:
            return value.hash().empty();
        case Kind::nil:
            return word.is(Kind::blank);
        case Kind::boolean:
            return word.is(Kind::blank) && !value.boolean();
        case Kind::drop: {
            Value answer = value.drop().property(word.is(Kind::blank) ? "blank?" : "empty?", *this);
            return answer.is(Kind::boolean) && answer.boolean();
        }
        default:
            return false;
    }
}

bool Session::contains(const Value& left, const Value& right) {
    if (!left.truthy() || !right.truthy()) return false;
    switch (left.kind()) {
        case Kind::string: {
            std::string_view wanted = text(right);
            step((left.string().size() + wanted.size()) / SEARCHED_BYTES_PER_STEP);
            return find_text(left.string(), wanted) != std::string_view::npos;
        }
        case Kind::array:
            step(left.array().size());
            for (const Value& item : left.array()) {
                if (equal(liquid(item), right, *this)) return true;
            }
            return false;
        case Kind::hash:
            count_key(right, *this);
            return left.hash().find(right) != nullptr;
        case Kind::range:
            if (right.is(Kind::string) && !whole(left.range())) {
                for (const Value& item : range_items(left.range(), *this)) {
                    if (equal(item, right, *this)) return true;
                }
                return false;
            }
            if (!numeric(right)) return false;
            return order(left.range().first, right, *this).value_or(1) <= 0 &&
                   order(right, left.range().last, *this).value_or(1) <= 0;
        default:
            return false;
    }
}

bool Session::ordered(const Value& left, const Value& right, Operator op) {
    if (!comparable(left) || !comparable(right)) return false;
    bool same = (numeric(left) && numeric(right)) || left.kind() == right.kind();
    if (!same) {
        // Ruby names the class of the other value, but shows a number of usual size itself.
        std::string other(numeric(right) && !large(right) ? text(right) : class_name(right));
        throw Error(
            ErrorType::argument,
            "comparison of " + std::string(class_name(left)) + " with " + messages::quoted(other) +
                " failed"
        );
    }
    auto result = order(left, right, *this);
    if (!result) return false;
    switch (op) {
        case Operator::less:
            return *result < 0;
        case Operator::greater:
            return *result > 0;
        case Operator::less_or_equal:
            return *result <= 0;
        default:
            return *result >= 0;
    }
}

std::string_view Session::text(const Value& value) {
    return to_text(value, *this);
}

}  // namespace liquid
