#include "base/log.h"

#include "base/ids.h"

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include <future>
#include <type_traits>

using namespace luster;

namespace {

struct Sink {
    std::string text;
    log::Writer writer{
        [this](std::string_view lines) { text += lines; }, [] { return Time{1'000'000}; }
    };
};

}  // namespace

static_assert(!std::is_constructible_v<log::Value, Secret>, "a Secret must not be logged");
static_assert(!std::is_constructible_v<log::Value, const Secret&>);

TEST_CASE("Log: a line carries time, level, sentence, bound fields and its own") {
    Sink lines;
    auto logger = log::Logger(lines.writer).with({{"request", "r1"}, {"organization", OrgId{7}}});
    logger.info("page published", {{"count", 3}, {"draft", false}, {"share", 0.5}});
    lines.writer.flush();
    CHECK(
        lines.text ==
        "{\"time\":\"1970-01-01T00:00:01Z\",\"level\":\"info\",\"message\":\"page published\","
        "\"request\":\"r1\",\"organization\":\"org_7\",\"count\":3,\"draft\":false,\"share\":0.5}\n"
    );
}

TEST_CASE("Log: whatever a field holds, the line stays one line of JSON") {
    Sink lines;
    std::string evil =
        "a\"b\\c\nd\x01"
        "e\xff\xc3(\xf0\x9f\x98\x80";
    log::Logger(lines.writer).error("odd input", {{"value", evil}});
    lines.writer.flush();
    CHECK(std::count(lines.text.begin(), lines.text.end(), '\n') == 1);
    auto json = boost::json::parse(lines.text);
    CHECK(
        json.at("value").as_string() ==
        "a\"b\\c\nd\x01"
        "e\xef\xbf\xbd\xef\xbf\xbd(\xf0\x9f\x98\x80"
    );
}

TEST_CASE("Log: lines written together look like those written alone, and carry their own times") {
    Sink lines;
    auto logger = log::Logger(lines.writer).with({{"server", "a"}});
    auto together = logger.lines("request");
    for (std::int64_t us : {1'000'007, 1'999'999, 2'000'000}) {
        together.begin(Time{us});
        together.add("path", "/\"x\"");
        together.add("status", 200);
        together.end();
    }
    logger.write(together);
    logger.write(together);  // empty now
    lines.writer.flush();
    constexpr auto rest =
        "\",\"level\":\"info\",\"message\":\"request\",\"server\":\"a\",\"path\":\"/\\\"x\\\"\","
        "\"status\":200}\n";
    auto line = [&](std::string time) { return "{\"time\":\"" + time + rest; };
    CHECK(
        lines.text == line("1970-01-01T00:00:01.000007Z") + line("1970-01-01T00:00:01.999999Z") +
                          line("1970-01-01T00:00:02.000000Z")
    );
}

TEST_CASE("Log: what is below the level is not written") {
    Sink lines;
    log::Logger(lines.writer).debug("noise");
    log::Logger().error("nobody listens");
    lines.writer.flush();
    CHECK(lines.text.empty());
    CHECK(log::parse_level("warning") == log::Level::warning);
    CHECK(!log::parse_level("loud"));
}

TEST_CASE("Log: a stuck output loses lines, says how many and never blocks") {
    std::promise<void> open;
    auto opened = open.get_future().share();
    std::string text;
    {
        log::Writer writer(
            [&](std::string_view lines) {
                opened.wait();
                text += lines;
            },
            [] { return Time{0}; }
        );
        log::Logger logger(writer);
        for (std::size_t i = 0; i < log::Writer::lines_max * 3; ++i) logger.info("event");
        CHECK(writer.dropped() >= log::Writer::lines_max);
        open.set_value();
    }
    CHECK(text.find("log lines were dropped") != std::string::npos);
}
