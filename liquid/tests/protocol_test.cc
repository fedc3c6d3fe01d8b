// --jsonl and --json-rpc, line by line.
#include "support.h"
#include "tool/bench.h"
#include "tool/jsonl.h"
#include "tool/rpc.h"
#include "tool/tool.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>
#include <vector>

namespace liquid::tool {
namespace {
// What a form of the command answers to these lines.
template <class Form>
std::vector<std::string> answers(std::string input, Form form) {
    std::FILE* in = fmemopen(input.data(), input.size(), "r");
    char* written = nullptr;
    std::size_t size = 0;
    std::FILE* out = open_memstream(&written, &size);
    form(Lines{in, out});
    std::fclose(in);
    std::fclose(out);
    std::istringstream text(std::string(written, size));
    std::free(written);
    std::vector<std::string> lines;
    for (std::string line; std::getline(text, line);) lines.push_back(line);
    return lines;
}
std::string jsonl(const std::string& line) {
    auto lines = answers(line + "\n", run_jsonl);
    return lines.size() == 1 ? lines[0] : std::to_string(lines.size()) + " lines";
}
std::vector<std::string> rpc(const std::string& lines) {
    return answers(lines + "\n", run_rpc);
}
std::string request(const std::string& method, const std::string& params) {
    return R"({"jsonrpc":"2.0","id":1,"method":")" + method + R"(","params":)" + params + "}";
}
std::string compile(const std::string& source) {
    return request("compile", R"({"template":")" + source + "\"}") + "\n";
}
// The last answer, without what all answers have.
std::string result(const std::string& lines) {
    std::string last = rpc(lines).back();
    std::string head = R"({"jsonrpc":"2.0","id":1,)";
    return last.starts_with(head) ? last.substr(head.size(), last.size() - head.size() - 1) : last;
}
std::string rendered(const std::string& fields) {
    return result(
        compile("{{ 'now' | date: '%F' }}") +
        request("render", R"({"template_id":"template_1",)" + fields + "}")
    );
}
std::string refused(const std::string& message) {
    return R"("error":{"code":-32602,"message":")" + message + "\"}";
}
// What a template with a drop `d` renders when the other end answers with this line. Before, it is
// asked for the drop's to_liquid, which is none of the methods that it has.
const std::string no_to_liquid =
    R"({"jsonrpc":"2.0","id":"ask_1","error":{"code":1,"message":"none"}})"
    "\n";
std::string dialogue(
    const std::string& source, const std::string& marker, const std::string& reply
) {
    return compile(source) +
           request(
               "render",
               R"({"template_id":"template_1","options":{"strict_errors":false},"environment":{"d":)" +
                   marker + "}}"
           ) +
           "\n" + no_to_liquid + reply;
}
std::string with_drop(
    const std::string& source, const std::string& marker, const std::string& reply
) {
    return result(dialogue(source, marker, reply));
}
// What stands in the output of such a template, whatever is said behind it.
std::string shown(
    const std::string& source,
    const std::string& reply,
    const std::string& marker = R"({"_rpc_drop":1,"type":"T"})"
) {
    for (const std::string& line : rpc(dialogue(source, marker, reply))) {
        std::size_t from = line.find(R"("output":")");
        if (from == std::string::npos) continue;
        return line.substr(from + 10, line.find(R"(","errors")", from) - from - 10);
    }
    return "no output";
}
// A render that waits to be told `d.title`. It has said three lines.
const std::string asking =
    compile("{{ d.title }}") +
    request(
        "render", R"({"template_id":"template_1","environment":{"d":{"_rpc_drop":1,"type":"T"}}})"
    ) +
    "\n" + no_to_liquid;
}  // namespace

TEST_CASE("the same id in the data is the same drop") {
    std::string none;
    for (int i = 1; i < 60; ++i) {
        none += R"({"jsonrpc":"2.0","id":"ask_)" + std::to_string(i) +
                R"(","error":{"code":1,"message":"none"}})"
                "\n";
    }
    std::string first = R"({"_rpc_drop":1,"type":"T"})";
    std::string second = R"({"_rpc_drop":2,"type":"T"})";
    auto lines = rpc(
        compile(
            "{% if l contains a %}Y{% endif %}{{ l | uniq | size }}{% if l[0] == a %}Y{% endif %}"
        ) +
        request(
            "render",
            R"({"template_id":"template_1","environment":{"a":)" + first + R"(,"l":[)" + first +
                "," + second + "," + first + "]}}"
        ) +
        "\n" + none
    );
    bool same = std::any_of(lines.begin(), lines.end(), [](const std::string& line) {
        return line.find(R"("output":"Y2Y")") != std::string::npos;
    });
    CHECK(same);
}

TEST_CASE("what drops answer counts as memory, and asking them as steps") {
    constexpr int ANSWERS = 400;
    // It is asked for to_liquid before each property.
    auto replies = [&](const std::string& value) {
        std::string lines;
        for (int i = 2; i < ANSWERS; ++i) {
            lines += R"({"jsonrpc":"2.0","id":"ask_)" + std::to_string(i) + "\",";
            lines += i % 2 == 0 ? R"("result":{"value":)" + value + "}}\n"
                                : R"("error":{"code":1,"message":"none"}})"
                                  "\n";
        }
        return lines;
    };
    auto asked = [&](const std::string& source, const std::string& value) {
        auto lines = rpc(dialogue(source, R"({"_rpc_drop":1,"type":"T"})", replies(value)));
        bool stopped = std::any_of(lines.begin(), lines.end(), [](const std::string& line) {
            return line.find("Memory limits exceeded") != std::string::npos;
        });
        CHECK(stopped);
        return std::count_if(lines.begin(), lines.end(), [](const std::string& line) {
            return line.find("drop_get") != std::string::npos;
        });
    };
    std::string large = '"' + std::string(100'000, 'x') + '"';
    CHECK(asked("{% for i in (1..900) %}{% if d.a == 'y' %}{% endif %}{% endfor %}", large) < 100);
    std::string list = "[1" + std::string(300'000, ' ') + "]";
    CHECK(asked("{% for i in (1..900) %}{% if d.a %}{% endif %}{% endfor %}", list) < 150);
}

TEST_CASE("every line of --jsonl has one line of answer, the empty one too") {
    auto lines = answers("\n{\"template\":\"a\"}\n\n{\"template\":\"b\"}", run_jsonl);
    REQUIRE(lines.size() == 4);
    CHECK(lines[0] == R"({"error":"not a JSON object","line":null})");
    CHECK(lines[1] == R"({"output":"a"})");
    CHECK(lines[2] == lines[0]);
    CHECK(lines[3] == R"({"output":"b"})");
    CHECK(answers("\n\n", [](Lines both) { run_bench(1, both); }).size() == 2);
}

TEST_CASE("--jsonl names the field that it can't take") {
    auto error = [](std::string_view message) {
        return R"({"error":")" + std::string(message) + R"(","line":null})";
    };
    CHECK(jsonl(R"({"template":"a","data":[]})") == error("'data' must be an object"));
    CHECK(jsonl(R"({"template":"a","partials":[1]})") == error("'partials' must be an object"));
    CHECK(
        jsonl(R"({"template":"a","partials":{"p":5}})") == error("'partials.p' must be a string")
    );
    CHECK(jsonl(R"({"template":5})") == error("'template' must be a string"));
    CHECK(jsonl(R"({"data":{}})") == error("'template' must be given"));
    CHECK(
        jsonl(R"({"template":"a","mode":"loose"})") ==
        error("'mode' must be 'strict2', 'strict', 'warn' or 'lax'")
    );
    CHECK(
        jsonl(R"({"template":"{{ a }}","data":null,"partials":null,"mode":null})") ==
        R"({"output":""})"
    );
    CHECK(jsonl(R"({"template":"a\n{% if %}"})").ends_with(R"("line":2})"));
}

TEST_CASE("--bench without a count of rounds is refused") {
    for (const char* rounds : {"x", "0", "3x"}) {
        std::string words[] = {"liquid", "--bench", rounds};
        char* arguments[] = {words[0].data(), words[1].data(), words[2].data()};
        CAPTURE(rounds);
        CHECK(run(3, arguments) == 2);
    }
}

TEST_CASE("a message that is no JSON-RPC 2.0 request is refused by -32600 with the reason") {
    auto error = [](const std::string& why) {
        return R"({"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Invalid request: )" +
               why + "\"}}";
    };
    CHECK(
        rpc(R"({"jsonrpc":"1.0","id":1,"method":"initialize"})")[0] ==
        error(R"('jsonrpc' must be \"2.0\")")
    );
    CHECK(rpc(R"({"id":1,"method":"initialize"})")[0] == error(R"('jsonrpc' must be \"2.0\")"));
    CHECK(
        rpc(R"({"jsonrpc":"2.0","id":{},"method":"initialize"})")[0] ==
        error("'id' must be a string, a number or null")
    );
    CHECK(
        rpc(R"({"jsonrpc":"2.0","id":true,"method":"initialize"})")[0] ==
        error("'id' must be a string, a number or null")
    );
    CHECK(rpc(R"({"jsonrpc":"2.0","id":1,"method":5})")[0] == error("'method' must be a string"));
    CHECK(rpc("[]")[0] == error("a message is an object"));
    CHECK(rpc("{").front().find("-32700") != std::string::npos);
    CHECK(rpc(R"({"jsonrpc":"2.0","method":"compile","params":[]})").empty());  // a notification
}

TEST_CASE("a parameter that can't be taken is refused by -32602 with its name") {
    CHECK(result(request("compile", "[]")) == refused("'params' must be an object"));
    CHECK(result(request("compile", "{}")) == refused("'params.template' must be given"));
    CHECK(
        result(request("compile", R"({"template":"a","options":{"error_mode":"loose"}})")) ==
        refused("'params.options.error_mode' must be 'strict2', 'strict', 'warn' or 'lax'")
    );
    CHECK(
        result(request("compile", R"({"template":"a","options":{"line_numbers":1}})")) ==
        refused("'params.options.line_numbers' must be true or false")
    );
    CHECK(
        result(request("compile", R"({"template":"a","filesystem":{"p":5}})")) ==
        refused("'params.filesystem.p' must be a string")
    );
    CHECK(rendered(R"("environment":[])") == refused("'params.environment' must be an object"));
    CHECK(rendered(R"("options":[])") == refused("'params.options' must be an object"));
    CHECK(
        rendered(R"("options":{"strict_errors":"yes"})") ==
        refused("'params.options.strict_errors' must be true or false")
    );
    CHECK(
        rendered(R"("options":{"resource_limits":{"render_score_limit":-1}})") ==
        refused("'params.options.resource_limits.render_score_limit' must be an integer from 0")
    );
    CHECK(
        rendered(R"("options":{"registers":{"current_time":"garbage"}})") ==
        refused("'params.options.registers.current_time' must be a time in ISO 8601")
    );
    CHECK(
        rendered(R"("options":{"registers":{"current_time":5}})") ==
        refused("'params.options.registers.current_time' must be a string")
    );
}

TEST_CASE("what is null or left out is as if it were not asked for") {
    CHECK(
        rendered(R"("environment":null,"options":null)") ==
        R"("result":{"output":"now","errors":[]})"
    );
    CHECK(
        rendered(
            R"("options":{"strict_errors":null,"registers":{"current_time":"2024-01-01T00:01:58Z"}})"
        ) == R"("result":{"output":"2024-01-01","errors":[]})"
    );
}

TEST_CASE("a drop is named by a text or by a number") {
    std::string reply = R"({"jsonrpc":"2.0","id":"ask_2","result":{"value":"Lamp"}})";
    for (const char* id : {"7", R"("seven")"}) {
        std::string marker = std::string(R"({"_rpc_drop":)") + id + R"(,"type":"T"})";
        CHECK(
            with_drop("{{ d.title }}", marker, reply) == R"("result":{"output":"Lamp","errors":[]})"
        );
        std::string lines =
            compile("{{ d.title }}") +
            request(
                "render", R"({"template_id":"template_1","environment":{"d":)" + marker + "}}"
            ) +
            "\n" + no_to_liquid + reply;
        CHECK(rpc(lines)[1].find(std::string(R"("drop_id":)") + id) != std::string::npos);
    }
}

TEST_CASE("a bad answer about a drop is an error of that drop, not nil") {
    std::string error = "Liquid error (line 1): ";
    CHECK(
        shown("{{ d.a }}.", R"({"jsonrpc":"2.0","id":"ask_2","result":{}})") ==
        error + "drop_get was answered without 'value'."
    );
    CHECK(
        shown("{{ d.a }}.", R"({"jsonrpc":"2.0","id":"ask_2"})") ==
        error + "drop_get was answered without 'result'."
    );
    CHECK(
        shown("{{ d.a }}.", R"({"jsonrpc":"2.0","result":{"value":1}})") ==
        error + "drop_get was answered without 'id'."
    );
    CHECK(
        shown("{{ d.a }}.", "garbage") ==
        error + "drop_get was answered with what is no JSON object."
    );
    CHECK(shown("{{ d.a }}.", "") == error + "drop_get was not answered.");
}

TEST_CASE("an error of a drop stands beside the result or within it") {
    std::string told = R"("error":{"code":-32002,"message":"no such"})";
    for (const std::string& answer : {told, "\"result\":{" + told + "}"}) {
        CAPTURE(answer);
        std::string reply = R"({"jsonrpc":"2.0","id":"ask_2",)" + answer + "}";
        CHECK(shown("{{ d.a }}.", reply) == "Liquid error (line 1): no such.");
        CHECK(
            shown("{% for i in d %}{{ i }}{% endfor %}.", reply) ==
            "Liquid error (line 1): no such."
        );
    }
    CHECK(
        shown("{{ d.a }}.", R"({"jsonrpc":"2.0","id":null,)" + told + "}") ==
        "Liquid error (line 1): no such."
    );
}

TEST_CASE("an error of the reference's own class says so once") {
    auto raised = [](const std::string& message) {
        return shown(
            "{{ d.a }}",
            R"({"jsonrpc":"2.0","id":"ask_2","result":{"error":{"message":")" + message + "\"}}}"
        );
    };
    CHECK(raised("Liquid error: boom") == "Liquid error (line 1): boom");
    CHECK(raised("Liquid syntax error: bad") == "Liquid syntax error (line 1): bad");
}

TEST_CASE("a drop's size is whatever it says") {
    CHECK(
        shown("{{ d | size }}", R"({"jsonrpc":"2.0","id":"ask_2","result":{"value":"XL"}})") == "XL"
    );
}

TEST_CASE("a list of one drop of its own kind is one if the drop has to_a") {
    std::string item = R"([{"_rpc_drop":2,"type":"T"}])";
    auto walked = [&](const std::string& to_a) {
        return shown(
            "{% for i in d %}one{% else %}none{% endfor %}",
            R"({"jsonrpc":"2.0","id":"ask_2","result":{"items":)" + item + "}}\n" +
                R"({"jsonrpc":"2.0","id":"ask_3","result":)" + to_a + "}\n" +
                R"({"jsonrpc":"2.0","id":"ask_4","error":{"code":1,"message":"no to_liquid"}})"
        );
    };
    CHECK(walked(R"({"value":)" + item + "}") == "one");
    CHECK(walked(R"({"error":{"code":-32002,"message":"Method to_a not found on T"}})") == "none");
}

TEST_CASE("a drop without the methods that Liquid knows behaves as a plain one") {
    // As the public runner tells it, to each question anew.
    auto plain = [](const std::string& source) {
        std::string replies;
        for (int ask = 2; ask < 12; ++ask) {
            replies += R"({"jsonrpc":"2.0","id":"ask_)" + std::to_string(ask) +
                       R"(","result":{"error":{"code":-32002,"message":"Method not found"}}})" +
                       "\n";
        }
        return shown(source, replies);
    };
    CHECK(plain("{% if d %}t{% endif %}") == "t");
    CHECK(plain("{% if d == 1 %}1{% else %}other{% endif %}") == "other");
    CHECK(plain("{% case d %}{% when 1 %}1{% else %}other{% endcase %}") == "other");
    CHECK(plain("{{ d | size }}") == "0");
    CHECK(plain("{{ d | plus: 1 }}") == "1");
    CHECK(plain("{{ d | default: 'x' }}") == "T");
    CHECK(plain("{{ d }}") == "T");
}

TEST_CASE("a drop's to_s is for printing it, no property of it") {
    CHECK(
        shown("{{ d.to_s }}.", R"({"jsonrpc":"2.0","id":"ask_2","result":{"value":"T"}})") == "."
    );
}

TEST_CASE("a class can't be printed, a hash can have keys of any kind") {
    auto data = [](const std::string& source, const std::string& marker) {
        return shown(source, "", marker);
    };
    std::string error = "Liquid error (line 1): Liquid::Drop cannot be printed";
    std::string marker = R"({"_ruby_type":"Class","name":"Liquid::Drop"})";
    CHECK(data("{{ d }}.", marker) == error + ".");
    CHECK(data("{{ d.name }}.", marker) == ".");
    CHECK(data("{{ d | upcase }}.", "[1," + marker + "]") == error + ".");
    CHECK(data("{{ d | first }}.", "[1," + marker + "]") == "1.");

    auto hash = [](const std::string& inspected, const std::string& values) {
        return R"({"_ruby_type":"Hash","inspect":")" + inspected + R"(","data":)" + values + "}";
    };
    CHECK(
        data("{{ d }}", hash(R"({{:a=>[1, nil]}=>2, 1=>3})", R"({"{:a=>[1, nil]}":2,"1":3})")) ==
        "{{:a=>[1, nil]}=>2, 1=>3}"
    );
    CHECK(
        data("{{ d }}", hash("{x: #<A @b=1, @c={1=>2}>, nil => 5}", R"({"x":1,"":5})")) ==
        "{:x=>1, nil=>5}"
    );
    CHECK(
        data(
            "{{ d | size }}{{ d[true] }}",
            hash(R"({:\"a, b\"=>1, \"c, d\": 2, true=>3})", R"({"a, b":1,"c, d":2,"true":3})")
        ) == "33"
    );
    CHECK(data("{% assign r = (1..5) %}{{ d[r] }}", hash("{1..5=>7}", R"({"1..5":7})")) == "7");
    CHECK(data("{{ d[1] }}{{ d[2.5] }}", hash("{1=>3, 2.5=>4}", R"({"1":3,"2.5":4})")) == "34");
    CHECK(data("{{ d }}", hash("{" + std::string(500, '[') + "=>1}", R"({"x":1})")) == "{nil=>1}");
}

TEST_CASE("while a drop is asked, the wait is for its answer alone") {
    std::string answer = R"({"jsonrpc":"2.0","id":"ask_2","result":{"value":"Lamp"}})";
    auto meanwhile = [&](const std::string& line) {
        auto lines = rpc(asking + line + "\n" + answer);
        REQUIRE(lines.size() == 5);
        CHECK(lines[4] == R"({"jsonrpc":"2.0","id":1,"result":{"output":"Lamp","errors":[]}})");
        return lines[3];
    };
    auto other = [](const std::string& method, const std::string& params) {
        return R"({"jsonrpc":"2.0","id":9,"method":")" + method + R"(","params":)" + params + "}";
    };
    auto refused = [](const std::string& id, const std::string& why) {
        return R"({"jsonrpc":"2.0","id":)" + id +
               R"(,"error":{"code":-32600,"message":"Invalid request: )" + why + "\"}}";
    };
    CHECK(
        meanwhile(R"({"jsonrpc":"2.0","id":"ask_7","result":{"value":1}})") ==
        refused("null", "nothing was asked under this id")
    );
    CHECK(
        meanwhile(other("render", R"({"template_id":"template_1"})")) ==
        refused("9", "a render is under way")
    );
    CHECK(
        meanwhile(other("compile", R"({"template":"a"})")) ==
        R"({"jsonrpc":"2.0","id":9,"result":{"template_id":"template_2"}})"
    );
    CHECK(meanwhile(other("nothing", "{}")).find("-32601") != std::string::npos);
    CHECK(rpc(asking + "\n \r\n" + answer).size() == 4);
    CHECK(
        rpc(asking + R"({"jsonrpc":"2.0","id":"ask_2","method":null,"result":{"value":1}})")
            .size() == 4
    );
    CHECK(rpc(asking + R"({"jsonrpc":"2.0","method":"compile"})" + "\n" + answer).size() == 4);
}

TEST_CASE("a quit while a drop is asked ends everything, the render's answer is lost") {
    std::string quit = R"({"jsonrpc":"2.0","method":"quit"})";
    CHECK(rpc(asking + quit + "\n" + compile("a")).size() == 3);
    CHECK(
        rpc(asking + R"({"jsonrpc":"2.0","id":9,"method":"quit"})").back() ==
        R"({"jsonrpc":"2.0","id":9,"result":null})"
    );
}

TEST_CASE("the mode 'raise' of older runners is lax") {
    std::string loose = R"({"template":"{{ 'a' ! }}","options":{"error_mode":"raise"}})";
    CHECK(result(request("compile", loose)) == R"("result":{"template_id":"template_1"})");
}

TEST_CASE("a source beyond the limit is refused as a whole, before it is parsed") {
    std::string source = "{% nope %}" + std::string(10 * 1024 * 1024, 'x');
    CHECK(
        jsonl(R"({"template":")" + source + "\"}") ==
        R"({"error":"Liquid error: Template is larger than 4194304 bytes","line":null})"
    );
}

}  // namespace liquid::tool
