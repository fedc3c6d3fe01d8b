#include "support.h"

#include <doctest/doctest.h>

#include <sstream>
#include <vector>

namespace liquid::test {
namespace {
Given at(std::int64_t seconds, std::string zone = "") {
    Given given;
    given.options.now = Time{seconds, 0, 0, "UTC", false};
    given.options.time_zone = std::move(zone);
    return given;
}
}  // namespace

TEST_CASE("now is the host's clock, and nothing without it") {
    CHECK(show("{{ 'now' | date: '%F %T' }}", at(1'700'000'000)) == "2023-11-14 22:13:20");
    CHECK(show("{{ 'now' | date: '%F' }}") == "now");
}

TEST_CASE("dates are read in many forms") {
    Given given = at(1'700'000'000);
    CHECK(show("{{ 'March 14, 2016' | date: '%F' }}", given) == "2016-03-14");
    CHECK(show("{{ '14 Mar 2016 10:20 PM' | date: '%F %H:%M' }}", given) == "2016-03-14 22:20");
    CHECK(show("{{ '2016-03-14T10:20:30Z' | date: '%s' }}", given) == "1457950830");
    CHECK(show("{{ '2016-03-14 10:20:30 +0200' | date: '%H:%M %z' }}", given) == "10:20 +0200");
    CHECK(show("{{ 'Fri Jul 16 01:00:00 2004' | date: '%F' }}", given) == "2004-07-16");
    CHECK(show("{{ '1152098955' | date: '%m/%d/%Y' }}", given) == "07/05/2006");
    CHECK(show("{{ 'no date' | date: '%F' }}", given) == "no date");
}

TEST_CASE("formats have flags and widths") {
    Given given = at(0);
    CHECK(
        show("{{ 1136189045 | date: '%-d %e %_m %^a %j %U %V %L %3N %10Y %P %I %l %%' }}", given) ==
        "2 "
        " 2 "
        " 1 MON 002 01 01 000 000 0000002006 am 08  8 %"
    );
    CHECK(
        show("{{ 1136189045 | date: '%:%M %::%M %:-z %:5z %:b' }}", given) ==
        "%:04 %::04 %:-z %:5z %:b"
    );
}

TEST_CASE("zones come from the system's database") {
    CHECK(
        show("{{ 1720000000 | date: '%H:%M %Z %z' }}", at(0, "Europe/Berlin")) == "11:46 CEST +0200"
    );
    CHECK(show("{{ 1704067200 | date: '%H:%M %Z' }}", at(0, "America/New_York")) == "19:00 EST");
    CHECK(show("{{ 4102444800 | date: '%H:%M %Z' }}", at(0, "Europe/Berlin")) == "01:00 CET");
    CHECK(show("{{ '2024-07-01 12:00' | date: '%s' }}", at(0, "Europe/Berlin")) == "1719828000");
}

// tests/dates/ask_ruby.rb made the table: zone, input, format, answer.
TEST_CASE("dates are read and written as Ruby does it") {
    std::istringstream table(read_file(folder("dates/ruby.tsv")));
    std::size_t lines = 0;
    for (std::string line; std::getline(table, line); ++lines) {
        std::vector<std::string> fields;
        std::istringstream row(line);
        for (std::string field; std::getline(row, field, '\t');) fields.push_back(field);
        fields.resize(4);  // an answer may be empty
        CAPTURE(line);
        Given given = at(1'700'000'000, fields[0]);
        std::string input = fields[1];
        std::string data = "{\"input\":\"" + input + "\",\"format\":\"" + fields[2] + "\"}";
        given.data = data;
        CHECK(show("{{ input | date: format }}", given) == fields[3]);
    }
    CHECK(lines > 150);
}

TEST_CASE("what names no year needs a clock") {
    for (std::string date : {"Jan 5", "5pm", "1/2", "10:00", "the 4th", "--03-14", "-063"}) {
        CAPTURE(date);
        CHECK(show("{{ '" + date + "' | date: '%Y' }}") == date);
        CHECK(show("{{ '" + date + "' | date: '%Y' }}", at(1'700'000'000)) == "2023");
    }
    CHECK(show("{{ 'Jan 5 2021' | date: '%F' }}") == "2021-01-05");
}

TEST_CASE("an unknown zone is named") {
    std::string text = show("{{ 0 | date: '%H' }}", at(0, "Europe/Nowhere"));
    CHECK(text.find("time zone 'Europe/Nowhere' is not in the time zone database") != text.npos);
    text = show("{{ 0 | date: '%H' }}", at(0, "../../etc/passwd"));
    CHECK(text.find("is not in the time zone database") != text.npos);
}

}  // namespace liquid::test
