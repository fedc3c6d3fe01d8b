#include "base/json.h"

#include <doctest/doctest.h>

namespace luster::json {
namespace {

enum class Shade { light, dark };
BOOST_DESCRIBE_ENUM(Shade, light, dark)

struct Inner {
    Text<1, 5> name;
    std::optional<Shade> shade;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (name, shade))

struct Outer {
    OrgId org;
    bool good = false;
    Whole<1, 9> count;
    List<Inner, 2> inner;
    Change<Text<1, 9>> note;
};
BOOST_DESCRIBE_STRUCT(Outer, (), (org, good, count, inner, note))

std::string errors_of(std::string_view text) {
    Reader reader;
    Outer target;
    read(reader, parse(text).value(), target);
    std::string all;
    for (const auto& error : reader.errors) all += error.pointer + " " + error.message.key + "\n";
    return all;
}

}  // namespace

TEST_CASE("json: every wrong member is told by its pointer, in one go") {
    CHECK(
        errors_of(
            R"({"org": "org_0", "good": 1, "count": 10, "inner": [{"name": ""}, {"shade": "red", "x/y": 1}]})"
        ) ==
        "/org field_id\n/good field_bool\n/count field_range\n/inner/0/name field_empty\n"
        "/inner/1/name field_required\n/inner/1/shade field_choice\n/inner/1/x~1y field_unknown\n"
    );
    CHECK(
        errors_of(R"({"org": "org_7", "good": true, "count": 1, "inner": [{}, {}, {}]})") ==
        "/inner field_list_long\n"
    );
}

TEST_CASE("json: a text is trimmed, counted in code points and free of control characters") {
    auto error_of = [](std::string name) {
        Reader reader;
        Inner inner;
        read(reader, Value{{"name", name}}, inner);
        return reader.errors.empty() ? "'" + inner.name + "'" : reader.errors[0].message.key;
    };
    CHECK(error_of("  ünïcö ") == "field_long");  // eight code points as typed
    CHECK(error_of(" ab ") == "'ab'");
    CHECK(error_of("äöüßé") == "'äöüßé'");
    CHECK(error_of("a\x01") == "field_control");
    CHECK(error_of("\u202eemoc") == "field_control");
    CHECK(error_of("a\u200bb") == "field_control");
    CHECK(error_of("\u3164\u00a0") == "field_empty");
    CHECK(error_of("ab\n") == "field_control");  // refused, not cut off
    Reader reader;
    Text<2, 5> two;
    CHECK(!read(reader, Value("ä"), two));
    CHECK(reader.errors[0].message.key == "field_short");
    CHECK(error_of("\xed\xa0\x80") == "field_utf8");
}

TEST_CASE("json: in a patch absent, null and a value are three things") {
    auto note = [](std::string_view text) {
        Reader reader;
        Outer outer;
        read(reader, parse(text).value(), outer);
        return outer.note;
    };
    CHECK(note("{}").state == Change<Text<1, 9>>::State::absent);
    CHECK(note(R"({"note": null})").cleared());
    CHECK(note(R"({"note": "x"})").value == "x");
}

TEST_CASE("json: one member given twice, depth without end and trailing text are refused") {
    CHECK(!parse(R"({"a": 1, "a": 2})"));
    CHECK(!parse(R"({"a": {"b:": 1, "b:": 2}})"));
    CHECK(parse(R"({"a:\":": ":", "b": [":"]})"));
    CHECK(!parse(std::string(1000, '[')));
    CHECK(!parse(R"({"a": [1e999]})"));
    CHECK(!parse("{} {}"));
}

TEST_CASE("json: what is written reads back") {
    Outer outer{OrgId{7}, true, {3}, {}, {}};
    outer.inner.push_back({Text<1, 5>("a\"\n"), Shade::dark});
    std::string text;
    write(text, outer.inner);
    CHECK(text == R"([{"name":"a\"\n","shade":"dark"}])");
    CHECK(to_string(std::optional<int>()) == "null");
    CHECK(to_string(Time{1'795'516'200'000'000}) == R"("2026-11-24T10:30:00Z")");
}

}  // namespace luster::json
