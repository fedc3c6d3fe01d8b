#include "date_parts.h"
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
    call.render.step(1);
    constexpr std::size_t LONGEST_DATE = 128;  // in characters: beyond, Date._parse gives up
    if (input.string().empty() || input.string().size() > LONGEST_DATE * 4) return std::nullopt;
    call.render.step(input.string().size() / 64);
    if (utf8::length(input.string()) > LONGEST_DATE) return std::nullopt;
    char bytes[LONGEST_DATE * 4];
    std::transform(input.string().begin(), input.string().end(), bytes, [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    });
    std::string_view lowered(bytes, input.string().size());
    if (lowered == "now" || lowered == "today") return present(call.render.now(), session.zone());
    if (digits_alone(lowered)) {
        return local_time(integer_prefix(lowered).integer(), session.zone());
    }
    DateParts parts = date_parts(lowered);
    // Some twenty patterns look through the text.
    if (parts.searched) call.render.step(2 * lowered.size());
    if (session.zone() != nullptr) call.render.step(8);  // it is asked several times
    return time_of(parts, present(call.render.now(), session.zone()), session.zone());
}

Value date(FilterCall& call) {
    std::string_view format = call.render.text(call.argument(0));
    if (format.empty()) return call.input;
    auto time = time_of(call);
    if (!time) return call.input;
    call.render.step(2 + format.size());  // each directive is a piece of work of its own
    TimeText made;
    std::size_t parts = format_time(*time, format, made.text);
    call.render.count_filter_bytes(made.text.size());
    call.render.step(parts + made.text.size() / 32);
    return call.render.scratch().copy(made.text);
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
