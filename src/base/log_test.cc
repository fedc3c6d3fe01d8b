#include "base/log.h"

#include "base/ids.h"

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include <future>
#include <type_traits>

using namespace luster;

namespace {

struct Lines {
    std::string text;
    log::Writer writer{
        [this](std::string_view lines) { text += lines; }, [] { return Time{1'000'000}; }
    };
};

}  // namespace

static_assert(!std::is_constructible_v<log::Value, Secret>, "a Secret must not be logged");
static_assert(!std::is_constructible_v<log::Value, const Secret&>);

TEST_CASE("Log: a line carries time, level, sentence, bound fields and its own") {
    Lines lines;
    auto logger = log::Logger(lines.writer).with({{"request", "r1"}, {"org", OrgId{7}}});
    logger.info("page published", {{"count", 3}, {"draft", false}, {"share", 0.5}});
    lines.writer.flush();
    CHECK(
        lines.text ==
        "{\"time\":\"1970-01-01T00:00:01Z\",\"level\":\"info\",\"message\":\"page published\","
        "\"request\":\"r1\",\"org\":\"org_7\",\"count\":3,\"draft\":false,\"share\":0.5}\n"
    );
}

TEST_CASE("Log: whatever a field holds, the line stays one line of JSON") {
    Lines lines;
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

TEST_CASE("Log: what is below the level is not written") {
    Lines lines;
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
