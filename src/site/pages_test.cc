// What a site answers beside its pages: redirects, files, notices, search, media, previews.
#include "base/messages.h"
#include "site/notices.h"
#include "site/testing/world.h"

#include <doctest/doctest.h>

#include <future>

using namespace luster;
using namespace luster::site;
using namespace luster::site::testing;
using http::testing::comes_true;

namespace {

void put_media(World& world, std::string key, std::string type, std::string body) {
    std::promise<void> done;
    auto run = [](World& world,
                  std::string key,
                  std::string type,
                  std::string body,
                  std::promise<void>& done) -> Task<void> {
        auto bucket = s3::media_bucket(OrgId{7});
        (void)co_await world.buckets.create(bucket);
        auto put = co_await world.buckets.put(bucket, key, type, s3::pieces_of(std::move(body)));
        CHECK(put.has_value());
        done.set_value();
    };
    spawn(world.server.loops.executor(0), "put", run(world, key, type, body, done));
    done.get_future().wait();
}

}  // namespace

SITE_TEST("site: one page has one address") {
    WorldIn<Host> world;
    auto leads = [&](const std::string& from) {
        auto answer = world.get(from);
        return std::to_string(answer.status) + " " + answer.header("location");
    };
    CHECK(leads("/about/") == "308 /about");
    CHECK(leads("/about/?a=b") == "308 /about?a=b");
    CHECK(leads("/%61bout") == "308 /about");
    CHECK(leads("/en/about") == "308 /about");
    CHECK(leads("/en") == "308 /");
    CHECK(leads("/de/about/") == "308 /de/about");
    // Nothing that a stranger writes leads away from the site.
    for (auto path : {"//evil.test/", "//evil.test/%2e%2e", "/%2f%2fevil.test/", "/%2fevil.test"}) {
        CAPTURE(path);
        auto answer = world.get(path);
        CHECK(answer.status == 404);
        CHECK(answer.header("location") == "");
    }
}

SITE_TEST("site: pages carry a strict policy and no way to be framed") {
    WorldIn<Host> world;
    auto answer = world.get("/about");
    auto policy = answer.header("content-security-policy");
    CHECK(policy.contains("script-src 'self';"));
    CHECK(policy.contains("frame-ancestors 'none'"));
    CHECK(!policy.contains("unsafe"));
    CHECK(answer.header("x-content-type-options") == "nosniff");
    CHECK(answer.header("referrer-policy") == "strict-origin-when-cross-origin");
    CHECK(answer.header("cache-control") == "no-cache");
    CHECK(!answer.headers.contains("strict-transport-security"));
    CHECK(world.get("/about", "X-Forwarded-Proto: https\r\n")
              .headers.contains("strict-transport-security"));
}

SITE_TEST("site: the head names title, canonical address and languages") {
    WorldIn<Host> world;
    auto body = world.get("/about").body;
    CHECK(body.contains("<title>Title of /about – Acme</title>"));
    CHECK(body.contains("<link rel=\"canonical\" href=\"http://acme.test/about\">"));
    CHECK(body.contains("hreflang=\"de\" href=\"http://acme.test/de/about\""));
    CHECK(body.contains("hreflang=\"x-default\" href=\"http://acme.test/about\""));
    CHECK(!body.contains("noindex"));
    CHECK(world.get("/lost").body.contains("<meta name=\"robots\" content=\"noindex\">"));
}

TEST_CASE("site: an unverified owner's site tells search engines to stay away") {
    World world;
    world.hosts.set(
        "acme.test", {.organization = OrgId{7}, .slug = "acme", .noindex = true, .address = {}}
    );
    auto answer = world.get("/about");
    CHECK(answer.header("x-robots-tag") == "noindex");
    CHECK(answer.body.contains("<meta name=\"robots\" content=\"noindex\">"));
    auto robots = world.get("/robots.txt");
    CHECK(robots.header("x-robots-tag") == "noindex");
    CHECK(!robots.body.contains("Sitemap:"));
    CHECK(!world.get("/sitemap.xml").body.contains("<loc>"));
}

SITE_TEST("site: a page that its editor keeps out of search engines says so, the others don't") {
    WorldIn<Host> world;
    world.acme.hide_page("/about");
    auto hidden = world.get("/about");
    CHECK(hidden.header("x-robots-tag") == "noindex");
    CHECK(hidden.body.contains("<meta name=\"robots\" content=\"noindex\">"));
    auto home = world.get("/");
    CHECK(home.header("x-robots-tag").empty());
    CHECK(!home.body.contains("noindex"));
    auto sitemap = world.get("/sitemap.xml");
    CHECK(sitemap.body.contains("<loc>http://acme.test/</loc>"));
    CHECK(!sitemap.body.contains("/about"));
    CHECK(sitemap.header("x-robots-tag").empty());
}

SITE_TEST("site: robots.txt and sitemap.xml are made from the pages") {
    WorldIn<Host> world;
    auto robots = world.get("/robots.txt");
    CHECK(robots.header("content-type") == "text/plain; charset=utf-8");
    CHECK(robots.body.contains("Disallow: /-/"));
    CHECK(robots.body.contains("Sitemap: http://acme.test/sitemap.xml"));
    world.publish("/a&b ü", "x");
    auto sitemap = world.get("/sitemap.xml");
    CHECK(sitemap.header("content-type") == "application/xml");
    CHECK(sitemap.body.contains("<loc>http://acme.test/about</loc>"));
    CHECK(sitemap.body.contains("hreflang=\"de\" href=\"http://acme.test/de/about\""));
    CHECK(sitemap.body.contains("<loc>http://acme.test/a%26b%20%C3%BC</loc>"));
    world.publish("/more", "x");
    CHECK(world.get("/sitemap.xml").body.contains("http://acme.test/more"));
}

SITE_TEST("site: assets have the hash of their content in their address, and stay for ever") {
    WorldIn<Host> world;
    auto page = world.get("/about").body;
    auto at = page.find("/assets/");
    auto url = page.substr(at, page.find('"', at) - at);
    auto sheet = world.get(url);
    CHECK(sheet.status == 200);
    CHECK(sheet.body == "body { color: black }");
    CHECK(sheet.header("content-type") == "text/css; charset=utf-8");
    CHECK(sheet.header("cache-control") == "public, max-age=31536000, immutable");
    // Another colour is another address.
    {
        std::lock_guard lock(world.acme.mutex);
        world.acme.outline.theme_settings["color"] = "red";
    }
    world.publish("/about", "x");
    auto newer = world.get("/about").body;
    CHECK(!newer.contains(url));
    CHECK(world.get(url).body == "body { color: black }");
    auto old_name = world.get("/assets/0123456789abcdef0123456789abcdef/settings.css");
    CHECK(old_name.body == "body { color: red }");
    CHECK(old_name.header("cache-control") == "no-store");
    CHECK(world.get("/assets/x/nothing.css").status == 404);
    CHECK(world.get("/assets/x/../app.js").status == 404);
    CHECK(world.get("/assets/").status == 404);
    CHECK(world.get("/assets/x/picture.svg").status == 200);
}

SITE_TEST("site: search shows what was found, escaped, and is not kept") {
    WorldIn<Host> world;
    auto answer = world.get("/search?q=Title");
    CHECK(answer.body.contains("<p>Title: 2</p>"));
    CHECK(answer.body.contains("<a href=\"/about\">"));
    CHECK(world.get("/de/search?q=Title").body.contains("<a href=\"/de/about\">"));
    CHECK(world.get("/search?q=%3Cscript%3E").body.contains("&lt;script&gt;: 0"));
    CHECK(world.get("/search?q=" + std::string(500, 'x'))
              .body.contains("<p>" + std::string(120, 'x') + ":"));
    CHECK(world.get("/search").body.contains("<p>: 0</p>"));
    CHECK(world.get("/search?q=G%E4rten").body.contains("<p>: 0</p>"));  // no UTF-8
    auto entries = world.metric("luster_site_cache_entries");
    world.get("/search?q=something");
    CHECK(world.metric("luster_site_cache_entries") == entries);
}

TEST_CASE("site: only reading is possible; unknown and unfinished sites say so in plain words") {
    World world;
    http::testing::Client client(world.server.port());
    client.send("POST /about HTTP/1.1\r\nHost: acme.test\r\nContent-Length: 0\r\n\r\n");
    auto refused = client.receive();
    CHECK(refused.status == 405);
    CHECK(refused.header("allow") == "GET, HEAD");
    auto unknown = world.get("/", "", "nobody.test");
    CHECK(unknown.status == 421);
    CHECK(unknown.body.contains("no site at this address"));
    CHECK(unknown.header("cache-control") == "no-store");
    CHECK(world.get("/", "Accept-Language: de\r\n", "nobody.test").body.contains("lang=\"de\""));
    world.hosts.set(
        "young.test",
        {.organization = OrgId{9},
         .slug = "young",
         .state = SiteHost::State::being_set_up,
         .address = {}}
    );
    auto young = world.get("/", "", "young.test");
    CHECK(young.status == 503);
    CHECK(young.body.contains("being set up"));
    CHECK(young.body.contains("http-equiv=\"refresh\""));
    world.hosts.set(
        "newborn.test",
        {.organization = OrgId{8},
         .slug = "newborn",
         .state = SiteHost::State::newborn,
         .address = {}}
    );
    world.other.away = true;  // no database yet
    auto newborn = world.get("/", "", "newborn.test");
    CHECK(newborn.status == 503);
    CHECK(newborn.body.contains("being set up"));
    CHECK(world.reported == 0);
    world.other.away = false;
    CHECK(comes_true([&] { return world.get("/", "", "newborn.test").status == 200; }));
    world.hosts.set(
        "www.acme.test", {.organization = OrgId{7}, .slug = "acme", .address = "acme.test"}
    );
    CHECK(
        world.get("/about?x=y", "", "www.acme.test").header("location") ==
        "http://acme.test/about?x=y"
    );
}

TEST_CASE("site: a pod shows one site; its other names lead there, and what acts is not there") {
    WorldIn<InPod> world;
    CHECK(world.get("/about").status == 200);
    CHECK(world.get("/about", "", "www.acme.test").header("location") == "http://acme.test/about");
    for (auto elsewhere : {"other.test", "acme--preview.test", "admin.test"}) {
        CHECK(world.get("/", "", elsewhere).status == 421);
    }
    CHECK(world.get("/-/preview?token=good").status == 404);
    CHECK(world.other.outline_reads == 0);
}

TEST_CASE("site: its sentences are whole in both languages") {
    CHECK(messages::flaws(sentences()) == std::vector<std::string>());
}

TEST_CASE("site: media come from the bucket with a policy that lets them do nothing") {
    World world;
    put_media(world, "2026/11/picture.webp", "image/webp", "0123456789");
    put_media(world, "2026/11/page.html", "text/html", "<script>alert(1)</script>");
    auto picture = world.get("/media/2026/11/picture.webp");
    CHECK(picture.status == 200);
    CHECK(picture.body == "0123456789");
    CHECK(picture.header("content-type") == "image/webp");
    CHECK(picture.header("content-length") == "10");
    CHECK(picture.header("content-security-policy").contains("sandbox"));
    CHECK(picture.header("x-content-type-options") == "nosniff");
    CHECK(!picture.headers.contains("content-disposition"));
    CHECK(
        world
            .get("/media/2026/11/picture.webp", "If-None-Match: " + picture.header("etag") + "\r\n")
            .status == 304
    );
    auto part = world.get("/media/2026/11/picture.webp", "Range: bytes=3-5\r\n");
    CHECK(part.status == 206);
    CHECK(part.body == "345");
    CHECK(part.header("content-range") == "bytes 3-5/10");
    CHECK(world.get("/media/2026/11/page.html").header("content-disposition") == "attachment");
    for (auto path :
         {"/media/",
          "/media/2026/11/none.webp",
          "/media/../secret",
          "/media/%2e%2e/secret",
          "/media//x"}) {
        CAPTURE(path);
        auto missing = world.get(path);
        CHECK(missing.status == 404);
        CHECK(missing.header("content-type") == "text/html; charset=utf-8");
        CHECK(missing.body.contains("<h1>There is no such file</h1>"));
    }
    CHECK(world.get("/media/2026/11/picture.webp", "", "other.test").status == 404);
}

TEST_CASE("site: a preview is opened by a token, shows drafts, and nothing of it is kept") {
    World world;
    world.previews.drafts.set_page("/draft", "a draft");
    auto preview = [&](const std::string& target, const std::string& fields = {}) {
        return world.get(target, fields, "acme--preview.test");
    };
    CHECK(preview("/-/preview.js").body.contains("data-section-empty"));
    CHECK(preview("/draft").status == 403);
    CHECK(preview("/-/preview?token=bad").status == 403);
    auto opened = preview("/-/preview?token=good");
    CHECK(opened.status == 303);
    CHECK(opened.header("location") == "/draft");
    CHECK(opened.header("cache-control") == "no-store");
    auto line = opened.header("set-cookie");
    CHECK(
        line ==
        "__Host-luster_preview=secret; Path=/; Max-Age=600; Secure; HttpOnly; SameSite=None; "
        "Partitioned"
    );
    auto cookie = "Cookie: " + line.substr(0, line.find(';')) + "\r\n";
    auto page = preview("/draft", cookie);
    CHECK(page.body.contains("<p>a draft</p>"));
    CHECK(page.header("cache-control") == "no-store");
    CHECK(page.header("x-robots-tag") == "noindex");
    CHECK(page.header("referrer-policy") == "no-referrer");
    CHECK(page.header("content-security-policy").contains("frame-ancestors https://panel.test"));
    CHECK(world.metric("luster_site_cache_entries") == 0);
    world.previews.drafts.set_page("/draft", "a newer draft");
    CHECK(preview("/draft", cookie).body.contains("<p>a newer draft</p>"));
    CHECK(world.get("/draft").status == 404);
    CHECK(preview("/draft", "Cookie: __Host-luster_preview=wrong\r\n").status == 403);
}
