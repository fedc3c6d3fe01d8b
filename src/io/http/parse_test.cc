#include "io/http/parse.h"

#include "io/http/chunks.h"

#include <doctest/doctest.h>

#include <string>

using namespace luster::http;

namespace {

unsigned judge(std::string_view bytes, Head& head) {
    return parse_head(bytes, Limits{}, head);
}
unsigned judge(std::string_view bytes) {
    Head head;
    return judge(bytes, head);
}

struct Ambiguous {
    const char* why;
    std::string_view bytes;
    unsigned status;
};
using namespace std::string_view_literals;

const Ambiguous ambiguous[] = {
    {"a transfer coding that is not exactly chunked",
     "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n",
     501},
    {"two codings in one field",
     "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
     501},
    {"chunked twice in one field",
     "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n\r\n",
     501},
    {"chunked in two fields",
     "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: "
     "chunked\r\n\r\n",
     400},
    {"identity", "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\n\r\n", 501},
    {"a coding in quotes",
     "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \"chunked\"\r\n\r\n",
     501},
    {"a vertical tab around the coding",
     "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \x0b"
     "chunked\r\n\r\n",
     400},
    {"coding and length",
     "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
     400},
    {"length and coding, other order",
     "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n",
     400},
    {"two lengths that differ",
     "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n",
     400},
    {"two lengths that agree",
     "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\n",
     400},
    {"a list of lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3, 3\r\n\r\n", 400},
    {"a length with a sign", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\n", 400},
    {"a negative length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n", 400},
    {"a hexadecimal length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x5\r\n\r\n", 400},
    {"an empty length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \r\n\r\n", 400},
    {"a length beyond 64 bits",
     "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 18446744073709551621\r\n\r\n",
     400},
    {"chunks in HTTP/1.0", "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
    {"a folded line", "GET / HTTP/1.1\r\nHost: a\r\nX-A: b\r\n c\r\n\r\n", 400},
    {"a folded line with a tab",
     "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n\tchunked\r\n\r\n",
     400},
    {"white space before the first field", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400},
    {"no Host", "GET / HTTP/1.1\r\nX-A: b\r\n\r\n", 400},
    {"no Host in HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", 400},
    {"two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
    {"two Hosts that agree", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400},
    {"a Host that is a list", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", 400},
    {"a Host with a user", "GET / HTTP/1.1\r\nHost: b@a\r\n\r\n", 400},
    {"a Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
    {"an empty Host", "GET / HTTP/1.1\r\nHost: \r\n\r\n", 400},
    {"a Host with a broken port", "GET / HTTP/1.1\r\nHost: a:8o\r\n\r\n", 400},
    {"white space before a colon", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length : 5\r\n\r\n", 400},
    {"a field without a name", "GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n", 400},
    {"a line without a colon", "GET / HTTP/1.1\r\nHost: a\r\nnothing\r\n\r\n", 400},
    {"a bare LF between fields", "GET / HTTP/1.1\r\nHost: a\nX-A: b\r\n\r\n", 400},
    {"a bare LF after the request line", "GET / HTTP/1.1\nHost: a\r\n\r\n", 400},
    {"a bare CR in a value", "GET / HTTP/1.1\r\nHost: a\r\nX-A: b\rX-C: d\r\n\r\n", 400},
    {"NUL in a value", "GET / HTTP/1.1\r\nHost: a\r\nX-A: b\0c\r\n\r\n"sv, 400},
    {"NUL in the target", "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n"sv, 400},
    {"a control character in a value", "GET / HTTP/1.1\r\nHost: a\r\nX-A: b\x01\r\n\r\n", 400},
    {"two spaces in the request line", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"a tab in the request line", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"a target with a space", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"a target with bytes above ASCII", "GET /\xc3\xa4 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"a target with a fragment", "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"a target that names another host", "GET http://b/x HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"a target without a slash", "GET index HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"HTTP/0.9", "GET /\r\nHost: a\r\n\r\n", 400},
    {"the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\n", 505},
    {"HTTP/2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505},
    {"a lower-case protocol", "GET / http/1.1\r\nHost: a\r\n\r\n", 400},
    {"CONNECT", "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", 400},
    {"an expectation that nobody knows",
     "POST / HTTP/1.1\r\nHost: a\r\nExpect: 200-ok\r\nContent-Length: 1\r\n\r\n",
     417},
};

// Decodes with the input cut into pieces of one length.
std::string decode(std::string_view bytes, std::size_t piece, bool& broken, std::size_t& consumed) {
    ChunkDecoder decoder;
    std::string body;
    consumed = 0;
    for (std::size_t at = 0; at < bytes.size() && !decoder.done() && !decoder.broken();
         at += piece) {
        auto in = bytes.substr(at, piece);
        while (!in.empty() && !decoder.done() && !decoder.broken()) {
            auto step = decoder.next(in);
            body += in.substr(step.framing, step.body);
            consumed += step.framing + step.body;
            in.remove_prefix(step.framing + step.body);
        }
    }
    broken = !decoder.done();
    return body;
}

}  // namespace

TEST_CASE("http: what two readers could understand differently is refused") {
    for (auto& request : ambiguous) {
        CAPTURE(request.why);
        CHECK(judge(request.bytes) == request.status);
    }
}

TEST_CASE("http: an ordinary head is understood") {
    Head head;
    REQUIRE(
        judge(
            "POST /a/b?c=d HTTP/1.1\r\nHOST: Acme.Example.:8080\r\nContent-Length: "
            "12\r\nX-Empty:\r\n\r\n",
            head
        ) == 0
    );
    CHECK(head.method == Method::post);
    CHECK(head.target == "/a/b?c=d");
    CHECK(head.authority.host() == "acme.example");
    CHECK(head.authority.port == 8080);
    CHECK(head.content_length == 12);
    CHECK(head.keep_alive);
    CHECK(Headers(head.fields).has("x-empty"));
    REQUIRE(judge("GET / HTTP/1.1\r\nHost: [::1]:80\r\nConnection: TE, Close\r\n\r\n", head) == 0);
    CHECK(head.authority.host() == "[::1]");
    CHECK(!head.keep_alive);
    CHECK(!head.has_body());
    REQUIRE(judge("GET http://a/x?y HTTP/1.1\r\nHost: a\r\n\r\n", head) == 0);
    CHECK(head.target == "/x?y");
    REQUIRE(judge("PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n", head) == 0);
    CHECK(head.chunked);
    REQUIRE(judge("GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n", head) == 0);
    CHECK(head.keep_alive);
    CHECK(head.http_1_0);
    REQUIRE(judge("QUERY / HTTP/1.1\r\nHost: a\r\n\r\n", head) == 0);  // for a handler's 405
    CHECK(head.method == Method::other);
}

TEST_CASE("http: limits of a head are named by their status") {
    Head head;
    Limits limits;
    limits.header_count_max = 3;
    limits.target_bytes_max = 10;
    limits.body_bytes_max = 100;
    auto judge = [&](std::string_view bytes) { return parse_head(bytes, limits, head); };
    CHECK(judge("GET / HTTP/1.1\r\nHost: a\r\nA: 1\r\nB: 2\r\n\r\n") == 0);
    CHECK(judge("GET / HTTP/1.1\r\nHost: a\r\nA: 1\r\nB: 2\r\nC: 3\r\n\r\n") == 431);
    CHECK(judge("GET /1234567890 HTTP/1.1\r\nHost: a\r\n\r\n") == 414);
    CHECK(judge("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n") == 0);
    CHECK(judge("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 101\r\n\r\n") == 413);
}

TEST_CASE("http: chunks are decoded alike however they are cut") {
    std::string_view bytes = "5\r\nhello\r\n6 ; a=\"b\"\r\n world\r\n00\r\nTrailer: x\r\n\r\nGET /";
    for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
        bool broken = false;
        std::size_t consumed = 0;
        CHECK(decode(bytes, piece, broken, consumed) == "hello world");
        CHECK(!broken);
        CHECK(bytes.substr(consumed) == "GET /");
    }
}

TEST_CASE("http: broken chunks are refused") {
    const std::string_view broken_ones[] = {
        "5\nhello\r\n0\r\n\r\n",
        "5\r\nhelloX\r\n0\r\n\r\n",
        "5\r\nhello0\r\n\r\n",
        "g\r\n",
        "\r\n",
        "-1\r\n",
        "+1\r\n",
        "0x5\r\nhello\r\n0\r\n\r\n",
        "1000000000000000\r\n",
        "5 5\r\nhello\r\n0\r\n\r\n",
        "5;a\nb\r\nhello\r\n0\r\n\r\n",
        "0\r\nA: b\nC: d\r\n\r\n",
        "0\r\n folded\r\n\r\n",
        "0\r\nA: \x01\r\n\r\n",
        " 5\r\nhello\r\n0\r\n\r\n",
    };
    for (auto bytes : broken_ones) {
        CAPTURE(bytes);
        bool broken = false;
        std::size_t consumed = 0;
        decode(bytes, 1, broken, consumed);
        CHECK(broken);
    }
    ChunkDecoder decoder;
    decoder.next("1;" + std::string(20'000, 'x'));
    CHECK(decoder.broken());
}

TEST_CASE("http: queries, escapes and cookies are read") {
    CHECK(percent_decoded("a%20b") == "a b");
    CHECK(!percent_decoded("%"));
    CHECK(!percent_decoded("%4"));
    CHECK(!percent_decoded("%zz"));
    CHECK(!percent_decoded("%00"));
    CHECK(query_value("a=1&q=two+words%21&b", "q") == "two words!");
    CHECK(query_value("a=1&q=x", "b") == std::nullopt);
    CHECK(query_value("a&q=x", "a") == "");
    CHECK(query_pairs("a=1+2&&b") == QueryPairs{{"a", "1 2"}, {"b", ""}});
    CHECK(query_pairs("a=%zz") == std::nullopt);
    Field fields[] = {{"Cookie", "a=1; session=abc; b=2"}};
    Request request;
    request.headers = Headers(fields);
    CHECK(cookie(request, "session") == "abc");
    CHECK(cookie(request, "sess") == "");
}
