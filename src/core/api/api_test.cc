// The edge without a network: what a request meets before and after its handler.
#include "core/api/api.h"

#include <boost/json/parse.hpp>
#include <doctest/doctest.h>

namespace luster::api {
namespace {

struct Greeting {
    std::string text;
    OrgId organization;
};
BOOST_DESCRIBE_STRUCT(Greeting, (), (text, organization))

struct Greet {
    Text<1, 20> name;
    std::optional<Whole<1, 3>> times;
};
BOOST_DESCRIBE_STRUCT(Greet, (), (name, times))

struct Rename {
    PageId page;
    IfMatch if_match;
    Text<1, 20> name;
};
BOOST_DESCRIBE_STRUCT(Rename, (), (page, if_match, name))

Task<Result<Greeting>> greet(Call&, Permit<Right::read_content> viewer, Greet request) {
    co_return Greeting{"Hello " + request.name, viewer.organization()};
}
Task<Result<Tagged<Greeting>>> rename(Call&, Permit<Right::edit_content> editor, Rename request) {
    if (!request.if_match.matches(3))
        co_return refuse(changed_meanwhile({{"name", "theirs"}}, etag_of(3)));
    co_return Tagged<Greeting>{{request.name, editor.organization()}, etag_of(4)};
}
Task<Result<NoContent>> look_inside(Call& call, Permit<Right::read_content> viewer) {
    CO_TRY(co_await call.read(viewer));
    co_return NoContent{};
}
Task<Result<NoContent>> break_down(Call&, Public) {
    throw Fault("the disk is full of secrets");
}
Task<Result<Greeting>> who_am_i(Call&, SignedIn person) {
    co_return Greeting{person.actor->name, OrgId{1}};
}

class OneSession final : public Authenticator {
public:
    Task<std::optional<Session>> authenticate(std::string_view token) override {
        if (token != "good") co_return std::nullopt;
        auto actor = std::make_shared<Actor>();
        actor->name = "Edda";
        actor->memberships = {{OrgId{7}, Role::viewer}, {OrgId{9}, Role::viewer}};
        co_return Session{SessionId{}, actor, "csrf"};
    }
};
class FewOrganizations final : public Organizations {
public:
    std::shared_ptr<const Tree> tree() const override {
        auto node = [](std::int64_t id, std::string slug, OrgStatus status) {
            return OrgNode{OrgId{id}, std::nullopt, slug, slug, OrgKind::organization, status};
        };
        return std::make_shared<Tree>(std::vector{
            node(7, "acme", OrgStatus::active),
            node(8, "other", OrgStatus::active),
            node(9, "newborn", OrgStatus::provisioning)
        });
    }
};
class NoAddresses final : public Addresses {
public:
    Task<TenantAddress> address_of(OrgId) override { throw Fault("none"); }
};

class TextBody final : public http::Body {
public:
    explicit TextBody(std::string text) : text_(std::move(text)) {}
    bool empty() const override { return text_.empty(); }
    Task<std::size_t> read(std::span<char> into) override {
        auto size = std::min(into.size(), text_.size());
        std::copy_n(text_.begin(), size, into.begin());
        text_.erase(0, size);
        co_return size;
    }

private:
    std::string text_;
};

struct Sent {
    http::Method method = http::Method::get;
    std::string path;
    std::string query = {};
    std::string body = {};
    std::vector<http::Field> headers = {};
};

struct Got {
    unsigned status;
    json::Value body;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string header(std::string_view name) const {
        for (const auto& [key, value] : headers) {
            if (key == name) return value;
        }
        return "";
    }
    std::string type() const {
        std::string type(body.at("type").as_string());
        return type.substr(type.rfind('/') + 1);
    }
};

class Edge {
public:
    explicit Edge(double rate_factor = 1)
        : api_(
              {loops_, clock_, random_, authenticator_, organizations_, control_, tenants_, {}},
              {get("/orgs/{org}/greeting", greet, "Greet"),
               patch("/orgs/{org}/pages/{page}", rename, "Rename"),
               get("/orgs/{org}/inside", look_inside, "Look inside"),
               get("/breakdown", break_down, "Break down"),
               get("/me", who_am_i, "Who"),
               post("/me", who_am_i, "Who, by a change")},
              {rate_factor, Secret("key")},
              log::Logger()
          ) {}

    Got send(Sent sent) {
        TextBody body(sent.body);
        http::Request request;
        request.method = sent.method;
        request.method_text = http::method_name(sent.method);
        std::string path = std::string(prefix) + sent.path;
        request.path = path;
        request.query = sent.query;
        request.scheme = "http";
        request.client = "127.0.0.1";
        request.id = "r1";
        sent.headers.push_back({"Host", "admin.localhost"});
        request.headers = http::Headers(sent.headers);
        request.body = &body;
        Got got{};
        boost::asio::co_spawn(
            loops_.executor(0),
            [&]() -> Task<void> {
                auto response = co_await api_.handle(request);
                got.status = response.status;
                got.headers = response.headers;
                if (!response.body.empty()) got.body = boost::json::parse(response.body);
            },
            [](std::exception_ptr fault) {
                if (fault) std::rethrow_exception(fault);
            }
        );
        loops_.context(0).restart();
        loops_.context(0).run();
        return got;
    }

    const Api& api() const { return api_; }

private:
    Loops loops_{1};
    SimulatedClock clock_{Time{1'795'516'200'000'000}};
    SeededRandom random_{1};
    OneSession authenticator_;
    FewOrganizations organizations_;
    NoAddresses addresses_;
    pg::Servers servers_{{{"main", "host=/nowhere"}}};
    pg::ControlDb control_{loops_, servers_, {"main", "luster_control", "luster", {}}};
    pg::Pool pool_{loops_, servers_};
    Tenants tenants_{pool_, addresses_};
    Api api_;
};

const http::Field signed_in{"Cookie", "__Host-session=good"};
const http::Field csrf{"X-CSRF-Token", "csrf"};
const http::Field as_json{"Content-Type", "application/json"};
constexpr auto page_path = "/orgs/acme/pages/page_01jd8vz3c5fdjsqzkqcyv2fxkp";

}  // namespace

TEST_CASE("api: a query is decoded, every wrong member told with its pointer") {
    Edge edge;
    auto good = edge.send(
        {.path = "/orgs/acme/greeting", .query = "name=Mina+K&times=2", .headers = {signed_in}}
    );
    CHECK(good.status == 200);
    CHECK(good.body.at("text") == "Hello Mina K");
    auto wrong =
        edge.send({.path = "/orgs/acme/greeting", .query = "times=9", .headers = {signed_in}});
    CHECK(wrong.status == 422);
    CHECK(wrong.body.at("fields").as_array().size() == 2);
    CHECK(wrong.body.at("fields").at(1).at("pointer") == "/times");
    CHECK(wrong.body.at("request_id") == "r1");
}

TEST_CASE("api: a query with an unknown or a repeated parameter or a broken escape is refused") {
    Edge edge;
    auto type_of = [&](std::string query) {
        return edge.send({.path = "/orgs/acme/greeting", .query = query, .headers = {signed_in}}
        ).type();
    };
    CHECK(type_of("name=Mina&nmae=x") == "invalid");
    CHECK(type_of("name=Mina&name=Nora") == "malformed");
    CHECK(type_of("name=Mina&times=%00") == "malformed");
    CHECK(type_of("name=Mina%0a") == "invalid");
}

TEST_CASE(
    "api: absent, not yours and an id that nobody has are one answer; without a session it is 401"
) {
    Edge edge;
    auto foreign =
        edge.send({.path = "/orgs/other/greeting", .query = "name=x", .headers = {signed_in}});
    auto absent =
        edge.send({.path = "/orgs/nobody/greeting", .query = "name=x", .headers = {signed_in}});
    CHECK(foreign.status == 404);
    CHECK(foreign.body == absent.body);
    CHECK(edge.send({.path = "/orgs/acme/greeting", .query = "name=x"}).status == 401);
    CHECK(edge.send({.path = "/orgs/nobody/greeting", .query = "name=x"}).status == 401);
}

TEST_CASE("api: a change needs the session's own token and the page's own origin") {
    Edge edge;
    auto post = [&](std::vector<http::Field> headers) {
        headers.push_back(signed_in);
        return edge.send({.method = http::Method::post, .path = "/me", .headers = headers});
    };
    CHECK(post({csrf}).status == 200);
    CHECK(post({}).type() == "csrf");
    CHECK(post({{"X-CSRF-Token", "cstf"}}).type() == "csrf");
    CHECK(post({csrf, {"Origin", "http://admin.localhost"}}).status == 200);
    CHECK(post({csrf, {"Origin", "https://evil.example"}}).type() == "csrf");
    CHECK(post({csrf, {"Sec-Fetch-Site", "same-site"}}).type() == "csrf");
}

TEST_CASE("api: If-Match names one version, or several of which one is enough") {
    for (std::string_view good : {"*", "\"3\"", "\"1\", \"3\"", "\"a,b\",\"3\",", "W/\"3\", \"3\""})
        CHECK(IfMatch{std::string(good)}.matches(3));
    for (std::string_view bad :
         {"", "3", "\"4\"", "W/\"3\"", "\"33\"", "\"1,\"3\"", "\"3", "\"1\", W/\"3\""})
        CHECK(!IfMatch{std::string(bad)}.matches(3));
}

TEST_CASE("api: a viewer may not change what they see, and If-Match is asked after the right") {
    Edge edge;
    auto answer = edge.send(
        {.method = http::Method::patch,
         .path = page_path,
         .body = "{}",
         .headers = {signed_in, csrf, as_json}}
    );
    CHECK(answer.status == 403);
    CHECK(answer.type() == "forbidden");
}

TEST_CASE(
    "api: unknown paths, wrong methods, broken JSON and other media types have their own answers"
) {
    Edge edge;
    CHECK(edge.send({.path = "/nowhere"}).type() == "not-found");
    auto method = edge.send({.method = http::Method::del, .path = "/me"});
    CHECK(method.status == 405);
    CHECK(method.header("Allow") == "GET, HEAD, POST");
    auto body = [&](std::string text, http::Field type) {
        return edge.send(
            {.method = http::Method::post,
             .path = "/me",
             .body = text,
             .headers = {signed_in, csrf, type}}
        );
    };
    CHECK(body("{", as_json).type() == "malformed");
    CHECK(body("{}", {"Content-Type", "text/plain"}).type() == "unsupported-media-type");
    CHECK(body(R"({"x": 1})", as_json).type() == "invalid");
}

TEST_CASE("api: the content of an organization that is still being set up is refused as that") {
    Edge edge;
    auto inside = edge.send({.path = "/orgs/newborn/inside", .headers = {signed_in}});
    CHECK(inside.status == 409);
    CHECK(
        inside.body.at("detail") ==
        "This organization is still being set up. Try again in a moment."
    );
    CHECK(
        edge.send({.path = "/orgs/acme/inside", .headers = {signed_in}}).status == 503
    );  // "none"
}

TEST_CASE("api: a fault is a 503 that says nothing of the inside") {
    Edge edge;
    auto answer = edge.send({.path = "/breakdown"});
    CHECK(answer.status == 503);
    CHECK(answer.header("Retry-After") == "2");
    CHECK(json::to_string(answer.body).find("secrets") == std::string::npos);
}

TEST_CASE("api: who asks too often is told when to come back, others are not held up") {
    Edge edge(0.001);  // one call a minute
    auto first = edge.send({.path = "/me", .headers = {signed_in}});
    CHECK(first.status == 200);
    CHECK(first.header("RateLimit-Policy") == "\"reading\";q=1;w=60");
    CHECK(first.header("RateLimit") == "\"reading\";r=0;t=60");
    auto answer = edge.send({.path = "/me", .headers = {signed_in}});
    CHECK(answer.type() == "too-many-requests");
    CHECK(answer.header("Retry-After") != "");
    CHECK(edge.send({.path = "/me"}).status == 401);
}

TEST_CASE("api: who is asked nothing is counted by the network, with a session or without") {
    Edge edge(0.001);
    CHECK(edge.send({.path = "/breakdown", .headers = {signed_in}}).status == 503);
    CHECK(edge.send({.path = "/breakdown"}).status == 429);
}

TEST_CASE("api: sentences come in the reader's language") {
    Edge edge;
    auto answer = edge.send({.path = "/me", .headers = {{"Accept-Language", "de-AT,en;q=0.5"}}});
    CHECK(answer.header("Content-Language") == "de");
}

TEST_CASE("api: the document describes parameters, bodies, rights and problems of each route") {
    Edge edge;
    auto document = boost::json::parse(edge.api().document());
    const auto& rename_page =
        document.at("paths").at("/api/v1/orgs/{org}/pages/{page}").at("patch");
    CHECK(rename_page.at("x-right") == "edit_content");
    const auto& body = document.at("components").at("schemas").at("Rename");
    CHECK(json::to_string(body.at("required")) == R"(["name"])");
    CHECK(body.at("properties").at("name").at("maxLength") == 20);
    CHECK(rename_page.at("responses").at("200").at("headers").as_object().contains("ETag"));
    CHECK(document.at("paths").at("/api/v1/me").at("get").at("security").as_array().size() == 1);
}

}  // namespace luster::api
