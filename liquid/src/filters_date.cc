#include "filters.h"
#include "session.h"
#include "strftime.h"
#include "utf8.h"

#include <algorithm>

namespace liquid {
namespace {

bool digits_alone(std::string_view text) {
    return std::all_of(text.begin(), text.end(), utf8::is_digit);
}

// The host's clock as the zone of the render shows it.
std::optional<Time> present(std::optional<Time> now, const Zone* zone) {
    if (!now || zone == nullptr) return now;
    Time local = local_time(now->seconds, zone);
    local.nanoseconds = now->nanoseconds;
    return local;
}

// The moment that a value stands for; nullopt if it stands for none.
std::optional<Time> time_of(FilterCall& call) {
    auto& session = static_cast<Session&>(call.render);
    const Value& input = call.input;
    if (input.is(Kind::time)) return input.time();
    if (input.is(Kind::integer)) return local_time(input.integer(), session.zone());
    if (!input.is(Kind::string)) return std::nullopt;
    std::string lowered;
    constexpr std::size_t LONGEST_DATE = 128;  // in characters: beyond, Date._parse gives up
    if (input.string().empty() || input.string().size() > LONGEST_DATE * 4) return std::nullopt;
    if (utf8::length(input.string()) > LONGEST_DATE) return std::nullopt;
    call.render.step(input.string().size() / 4);  // some twenty patterns look through it
    for (char c : input.string()) lowered += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if (lowered == "now" || lowered == "today") return present(call.render.now(), session.zone());
    if (digits_alone(lowered)) {
        return local_time(integer_prefix(lowered).integer(), session.zone());
    }
    return parse_time(lowered, present(call.render.now(), session.zone()), session.zone());
}

Value date(FilterCall& call) {
    std::string_view format = call.render.text(call.argument(0));
    if (format.empty()) return call.input;
    auto time = time_of(call);
    if (!time) return call.input;
    call.render.step(format.size());  // each directive is a piece of work of its own
    std::string text = format_time(*time, format);
    call.render.count_filter_bytes(text.size());
    call.render.step(text.size() / 32);
    return call.render.scratch().copy(text);
}

constexpr FilterEntry FILTERS[] = {
    {"date", date, 1, 1, false, false},
};
}  // namespace

std::span<const FilterEntry> date_filters() {
    return FILTERS;
}

void StandardFilters::add_to(Environment& environment) {
    for (auto table :
         {string_filters(),
          html_filters(),
          array_filters(),
          selection_filters(),
          math_filters(),
          date_filters()}) {
        for (const FilterEntry& entry : table) {
            auto made = std::make_unique<Filter>();
            made->name = entry.name;
            made->function = entry.function;
            made->arguments_min = entry.arguments_min;
            made->arguments_max = entry.arguments_max;
            made->accepts_keywords = entry.accepts_keywords;
            made->pure = entry.pure;
            made->escapes = entry.escapes;
            std::string_view key = made->name;
            environment.filters_.emplace(key, std::move(made));
        }
    }
}

std::string wrong_arguments(const Filter& filter, std::size_t count) {
    std::string expected = std::to_string(filter.arguments_min + 1);
    if (filter.arguments_max != filter.arguments_min) {
        expected += ".." + std::to_string(filter.arguments_max + 1);
    }
    return "wrong number of arguments (given " + std::to_string(count + 1) + ", expected " +
           expected + ")";
}

}  // namespace liquid
