// Every rule of the page cache (site.md, 4), seen by visitors over real sockets.
#include "io/http/testing/allocations.h"
#include "site/compress.h"
#include "site/testing/world.h"

#include <brotli/decode.h>
#include <doctest/doctest.h>

#include <future>

using namespace luster;
using namespace luster::site;
using namespace luster::site::testing;
using namespace std::chrono_literals;
using http::testing::comes_true;

SITE_TEST("site: a page is rendered once and served from memory from then on") {
    WorldIn<Host> world;
    auto first = world.get("/about");
    CHECK(first.status == 200);
    CHECK(first.body.contains("<p>about</p>"));
    CHECK(first.body.contains("<header>Acme!</header>"));
    CHECK(first.header("content-type") == "text/html; charset=utf-8");
    for (int i = 0; i < 5; ++i) CHECK(world.get("/about").body == first.body);
    CHECK(world.metric("luster_site_renders_total") == 1);
    CHECK(comes_true([&] { return world.hits() == 5; }));
    CHECK(world.acme.outline_reads == 1);
    CHECK(world.acme.page_reads == 1);
}

SITE_TEST("site: after a publication the next visitor gets the new page, on every loop") {
    WorldIn<Host> world({.runtime = {}, .loops = 2});
    for (int round = 0; round < 20; ++round) {
        world.publish("/about", "round " + std::to_string(round));
        for (int visitor = 0; visitor < 4; ++visitor) {
            CHECK(world.get("/about").body.contains("<p>round " + std::to_string(round) + "</p>"));
        }
    }
    CHECK(world.metric("luster_site_renders_total") == 20);
}

SITE_TEST("site: many visitors of one page wait for one render") {
    WorldIn<Host> world;
    world.acme.pause = 200ms;
    std::vector<std::future<std::string>> visitors;
    for (int i = 0; i < 12; ++i) {
        visitors.push_back(std::async(std::launch::async, [&] { return world.get("/about").body; })
        );
    }
    for (auto& visitor : visitors) CHECK(visitor.get().contains("<p>about</p>"));
    CHECK(world.metric("luster_site_renders_total") == 1);
    CHECK(world.acme.outline_reads == 1);
}

SITE_TEST("site: who comes after a publication doesn't get a render that was begun before it") {
    WorldIn<Host> world;
    world.get("/");
    world.acme.pause = 300ms;
    auto before = std::async(std::launch::async, [&] { return world.get("/about").body; });
    REQUIRE(comes_true([&] { return world.acme.page_reads == 2; }));
    world.publish("/about", "after");
    auto after = world.get("/about").body;
    CHECK(after.contains("<p>after</p>"));
    CHECK(before.get().contains("<p>about</p>"));
    CHECK(world.get("/about").body == after);
}

SITE_TEST("site: an entry carries the generation read before its data") {
    WorldIn<Host> world;
    std::atomic<bool> once = true;
    // The page changes between the reading of the generation and that of its content.
    world.acme.before_page = [&] {
        if (once.exchange(false)) world.publish("/about", "changed meanwhile");
    };
    CHECK(world.get("/about").body.contains("changed meanwhile"));
    CHECK(world.metric("luster_site_renders_total") == 1);
    CHECK(world.get("/about").body.contains("changed meanwhile"));
    CHECK(world.metric("luster_site_renders_total") == 2);
    CHECK(world.get("/about").body.contains("changed meanwhile"));
    CHECK(world.metric("luster_site_renders_total") == 2);
}

SITE_TEST("site: while the database is away older pages are shown, and then again new ones") {
    WorldIn<Host> world;
    auto old_body = world.get("/about").body;
    world.acme.away = true;
    CHECK(world.get("/about").body == old_body);
    world.publish("/about", "new");
    CHECK(world.get("/about").body == old_body);
    auto nothing_kept = world.get("/");
    CHECK(nothing_kept.status == 503);
    CHECK(nothing_kept.header("retry-after") == "60");
    CHECK(nothing_kept.header("cache-control") == "no-store");
    CHECK(!nothing_kept.body.contains("database"));
    CHECK(world.reported == 1);
    world.acme.away = false;
    CHECK(comes_true([&] { return world.get("/about").body.contains("<p>new</p>"); }));
    CHECK(world.recovered_after == world.metric("luster_site_faults_total"));
    CHECK(world.reported == 1);
    CHECK(world.get("/").status == 200);
}

SITE_TEST("site: a database that is away is asked once a second, not by every visitor") {
    WorldIn<Host> world;
    world.acme.away = true;
    for (int i = 0; i < 30; ++i) world.get("/about");
    CHECK(world.acme.outline_reads <= 2);
}

SITE_TEST("site: when rendering fails the older page is shown") {
    WorldIn<Host> world;
    auto old_body = world.get("/about").body;
    world.acme.set_theme_file("layout/theme.liquid", "{% if %}");
    world.publish("/about", "new");
    CHECK(world.get("/about").body == old_body);
    CHECK(world.get("/").status == 503);
    CHECK(world.reported == 1);
    world.acme.set_theme_file(
        "layout/theme.liquid", "{% for i in (1..9999999) %}{{ i }}{% endfor %}"
    );
    world.publish("/about", "new");
    CHECK(world.get("/about").body == old_body);
    world.acme.set_theme_file("layout/theme.liquid", "repaired {{ content_for_layout }}");
    world.publish("/about", "new");
    CHECK(comes_true([&] { return world.get("/about").body.contains("repaired"); }));
}

SITE_TEST("site: a section that asks for too much leaves its place empty, the page stands") {
    WorldIn<Host> world;
    world.acme.set_theme_file(
        "sections/text.liquid", "{% for i in (1..9999999) %}{{ i }}{% endfor %}"
    );
    world.publish("/about", "x");
    auto answer = world.get("/about");
    CHECK(answer.status == 200);
    CHECK(answer.body.contains("<header>Acme!</header>"));
    CHECK(answer.body.size() < 5'000);
}

SITE_TEST(
    "site: after a lost connection the generation is read before anything is served from memory"
) {
    WorldIn<Host> world;
    auto body = world.get("/about").body;
    CHECK(world.acme.generation_reads == 0);
    world.runtime->doubt();
    CHECK(world.get("/about").body == body);
    CHECK(world.get("/about").body == body);
    CHECK(world.acme.generation_reads == 1);
    CHECK(world.metric("luster_site_renders_total") == 1);
    // A change that nobody told us of.
    world.acme.set_page("/about", "missed");
    world.acme.next_generation();
    CHECK(world.get("/about").body == body);
    world.runtime->doubt();
    CHECK(world.get("/about").body.contains("<p>missed</p>"));
    CHECK(world.metric("luster_site_renders_total") == 2);
}

SITE_TEST("site: as long as nobody tells of changes, every visitor has the number read") {
    WorldIn<Host> world;
    auto body = world.get("/about").body;
    world.runtime->deaf();
    for (int i = 0; i < 3; ++i) CHECK(world.get("/about").body == body);
    CHECK(world.acme.generation_reads == 3);
    CHECK(world.metric("luster_site_renders_total") == 1);
    world.acme.set_page("/about", "untold");
    world.acme.next_generation();
    CHECK(world.get("/about").body.contains("<p>untold</p>"));
    world.runtime->hears();
    world.get("/about");
    auto reads = world.acme.generation_reads.load();
    for (int i = 0; i < 3; ++i) CHECK(world.get("/about").body.contains("<p>untold</p>"));
    CHECK(world.acme.generation_reads == reads);
}

TEST_CASE("site: what was committed is seen by the next visitor before anybody tells of it") {
    World world;
    world.get("/about");
    world.get("/about", "", "other.test");
    world.acme.set_page("/about", "committed");
    world.acme.next_generation();
    world.runtime->doubt(OrgId{7});
    CHECK(world.get("/about").body.contains("<p>committed</p>"));
    world.get("/about");
    CHECK(world.acme.generation_reads == 1);
    world.get("/about", "", "other.test");
    CHECK(world.other.generation_reads == 0);
}

TEST_CASE("site: one organization's change leaves the others' pages in memory") {
    World world;
    world.get("/about");
    world.get("/about", "", "other.test");
    world.publish("/about", "new");
    CHECK(world.get("/about", "", "other.test").body.contains("<header>Other!</header>"));
    CHECK(world.other.page_reads == 1);
    CHECK(world.get("/about").body.contains("<p>new</p>"));
}

SITE_TEST("site: scheme, host, path, language and the page number make an answer; nothing else does"
) {
    WorldIn<Host> world;
    auto plain = world.get("/about").body;
    CHECK(world.get("/about?utm_source=x&fbclid=y").body == plain);
    CHECK(world.get("/about", "Cookie: session=abc\r\nAccept-Language: de\r\n").body == plain);
    CHECK(world.get("/about?page=1").body == plain);
    CHECK(world.get("/about?page=0x1&page=2").body == plain);
    CHECK(world.metric("luster_site_renders_total") == 1);
    world.get("/about?page=2");
    CHECK(world.metric("luster_site_renders_total") == 2);
    CHECK(world.get("/de/about").body.contains("über uns"));
    CHECK(
        world.get("/about", "X-Forwarded-Proto: https\r\n").body.contains("https://acme.test/about")
    );
    CHECK(plain.contains("http://acme.test/about"));
}

SITE_TEST("site: brotli and gzip are served once they are made, and unpack to the same page") {
    WorldIn<Host> world;
    std::string long_text(5'000, 'x');
    world.acme.set_page("/long", long_text);
    auto plain = world.get("/long");
    CHECK(plain.header("content-encoding") == "");
    world.warm("/long");
    auto small = world.get("/long", "Accept-Encoding: gzip, br\r\n");
    CHECK(small.header("content-encoding") == "br");
    CHECK(small.header("vary") == "accept-encoding");
    CHECK(small.body.size() < plain.body.size() / 4);
    std::string unpacked(plain.body.size() + 100, '\0');
    auto bytes = unpacked.size();
    auto* packed = reinterpret_cast<const uint8_t*>(small.body.data());
    REQUIRE(
        BrotliDecoderDecompress(
            small.body.size(), packed, &bytes, reinterpret_cast<uint8_t*>(unpacked.data())
        ) == BROTLI_DECODER_RESULT_SUCCESS
    );
    CHECK(unpacked.substr(0, bytes) == plain.body);
    CHECK(world.get("/long", "Accept-Encoding: gzip\r\n").header("content-encoding") == "gzip");
    CHECK(world.get("/long", "Accept-Encoding: br;q=0\r\n").body == plain.body);
    CHECK(world.metric("luster_site_renders_total") == 1);
}

SITE_TEST("site: a strong ETag for each coding, and 304 for who has one of them") {
    WorldIn<Host> world;
    world.acme.set_page("/long", std::string(5'000, 'x'));
    world.warm("/long");
    auto plain = world.get("/long");
    auto small = world.get("/long", "Accept-Encoding: br\r\n");
    CHECK(plain.header("etag").starts_with("\""));
    CHECK(plain.header("etag") != small.header("etag"));
    for (auto& tag :
         {plain.header("etag"),
          small.header("etag"),
          "\"x\", W/" + small.header("etag"),
          std::string("*")}) {
        auto answer = world.get("/long", "Accept-Encoding: br\r\nIf-None-Match: " + tag + "\r\n");
        CHECK(answer.status == 304);
        CHECK(answer.body == "");
        CHECK(!answer.headers.contains("content-length"));
    }
    world.publish("/long", "short");
    CHECK(world.get("/long", "If-None-Match: " + plain.header("etag") + "\r\n").status == 200);
    // The same content under a newer generation is still the same content.
    auto tag = world.get("/long").header("etag");
    world.hear(world.acme.next_generation());
    CHECK(world.get("/long", "If-None-Match: " + tag + "\r\n").status == 304);
}

SITE_TEST("site: the cache is bounded, and drives out what was used longest ago") {
    WorldIn<Host> world({.runtime = {.cache_bytes_max = 16 * 40'000}, .loops = 1});
    for (int i = 0; i < 400; ++i) world.acme.set_page("/p" + std::to_string(i), "page");
    for (int i = 0; i < 400; ++i) CHECK(world.get("/p" + std::to_string(i)).status == 200);
    CHECK(world.metric("luster_site_cache_bytes") <= 16 * 40'000);
    CHECK(world.metric("luster_site_cache_evicted_total") > 0);
    auto renders = world.metric("luster_site_renders_total");
    world.get("/p399");
    CHECK(world.metric("luster_site_renders_total") == renders);
    world.get("/p0");
    CHECK(world.metric("luster_site_renders_total") == renders + 1);
}

TEST_CASE("site: a site that was closed is not served from memory") {
    World world;
    world.get("/about");
    world.hosts.set(
        "acme.test",
        {.organization = OrgId{7},
         .slug = "acme",
         .state = SiteHost::State::unavailable,
         .address = {}}
    );
    world.runtime->close(OrgId{7});
    CHECK(world.get("/about").status == 503);
    world.hosts.set(
        "acme.test", {.organization = OrgId{7}, .slug = "acme", .noindex = true, .address = {}}
    );
    auto again = world.get("/about");
    CHECK(again.status == 200);
    CHECK(again.header("x-robots-tag") == "noindex");
    CHECK(world.acme.outline_reads == 2);
}

SITE_TEST("site: a withdrawn page is gone, a new one is there") {
    WorldIn<Host> world;
    CHECK(world.get("/about").status == 200);
    CHECK(world.get("/new").status == 404);
    world.acme.remove_page("/about");
    world.publish("/new", "fresh");
    CHECK(world.get("/about").status == 404);
    CHECK(world.get("/new").body.contains("<p>fresh</p>"));
}

SITE_TEST("site: pages that don't exist share one answer") {
    WorldIn<Host> world;
    for (int i = 0; i < 20; ++i) {
        auto answer = world.get("/nowhere/" + std::to_string(i));
        CHECK(answer.status == 404);
        CHECK(answer.body.contains("<p>lost</p>"));
        CHECK(answer.body.contains("<title>Not here"));
    }
    CHECK(world.metric("luster_site_renders_total") == 1);
    CHECK(world.get("/de/nowhere").body.contains("lang=\"de\""));
    CHECK(world.metric("luster_site_renders_total") == 2);
    CHECK(world.acme.page_reads == 0);
}

SITE_TEST("site: a hit allocates nothing, whatever the coding") {
    WorldIn<Host> world;
    world.acme.set_page("/long", std::string(5'000, 'x'));
    world.warm("/long");
    std::atomic<std::uint64_t> last = 0, allocated = 0;
    std::atomic<int> asked = 0;
    world.server.handler.direct = [&](const http::Request& request, http::Direct& out) {
        auto before = luster::testing::allocations_of_this_thread();
        bool hit = world.runtime->try_now(request, out);
        if (++asked > 10)
            allocated += before - last + (luster::testing::allocations_of_this_thread() - before);
        last = luster::testing::allocations_of_this_thread();
        return hit;
    };
    http::testing::Client client(world.server.port());
    for (int i = 0; i < 100; ++i) {
        client.send(
            "GET /long?utm=" + std::to_string(i) +
            " HTTP/1.1\r\nHost: acme.test\r\nAccept-Encoding: gzip, br\r\n\r\n"
        );
        REQUIRE(client.receive().header("content-encoding") == "br");
    }
    CHECK(allocated == 0);
}
