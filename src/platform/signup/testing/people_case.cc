#include "platform/signup/testing/people_case.h"

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <array>

namespace luster::testing {
namespace {

class TextBody final : public http::Body {
public:
    explicit TextBody(std::string text) : text_(std::move(text)) {}
    bool empty() const override { return at_ == text_.size(); }
    Task<std::size_t> read(std::span<char> into) override {
        auto length = std::min(into.size(), text_.size() - at_);
        std::memcpy(into.data(), text_.data() + at_, length);
        at_ += length;
        co_return length;
    }

private:
    std::string text_;
    std::size_t at_ = 0;
};

template <class A, class B, class C>
std::vector<api::Endpoint> joined(A a, B b, C c) {
    std::vector<api::Endpoint> all(std::move(a));
    std::ranges::move(b, std::back_inserter(all));
    std::ranges::move(c, std::back_inserter(all));
    return all;
}

template <class... Features>
std::vector<jobs::Kind> joined_jobs(Features&... features) {
    std::vector<jobs::Kind> all;
    (std::ranges::move(features.jobs(), std::back_inserter(all)), ...);
    return all;
}

std::string cookie_of(const std::string& set_cookie) {
    return set_cookie.substr(0, set_cookie.find(';'));
}

}  // namespace

std::string Answer::at(std::string_view pointer) const {
    boost::system::error_code code;
    const auto* found = json.find_pointer(pointer, code);
    if (!found) return "absent";
    return found->is_string() ? std::string(found->get_string()) : boost::json::serialize(*found);
}

PeopleCase::World::World(PeopleCase& t, pg::ControlDb& control)
    : keys(crypto::Keyring::parse(crypto::Keyring::make_line("k1", {1}).reveal())),
      notifier(control, t.loops.executor(0)),
      directory(t.loops, control, notifier, keys),
      tenants(t.pool(), directory),
      post(
          {.from = {"hello@luster.example", "Luster"},
           .panel_url = "https://admin.example.org",
           .brand = {}},
          keys,
          smtp,
          t.random
      ),
      bell(notifier),
      sessions(t.loops, control, notifier, t.test_clock, {}),
      identity({
          .control = control,
          .sessions = sessions,
          .work_pool = work_pool,
          .post = post,
          .bell = bell,
          .random = t.random,
          .branding = {},
          .hooks = {
              .changed = [this](OrgId organization) { return directory.changed(organization); },
              .provision = [this](OrgId organization) { provisioned.push_back(organization); },
              .dress = [this](OrgId, orgs::SiteIdentity identity) -> Task<void> {
                  dressed.push_back(identity.name + ", " + identity.time_zone);
                  co_return;
              }
          },
      }),
      people(identity),
      signup(identity),
      organizations(control, bell, identity.uses().hooks),
      api({.loops = t.loops,
           .clock = t.test_clock,
           .random = t.random,
           .authenticator = sessions,
           .organizations = directory,
           .control = control,
           .tenants = tenants,
           .places = {"https", "admin.example.org", "sites.example.org"}},
          joined(people.endpoints(), signup.endpoints(), organizations.endpoints()),
          {.rate_factor = 100, .key = Secret("key")},
          {}),
      worker(
          t.loops.executor(0),
          control,
          t.test_clock,
          t.random,
          {},
          joined_jobs(post, identity, signup, organizations),
          {.clock_difference_max = std::chrono::days(365)}
      ) {}

PeopleCase::PeopleCase() = default;
PeopleCase::~PeopleCase() = default;

Task<void> PeopleCase::set_up() {
    messages::install(
        std::array{mail::sentences(), identity::sentences(), signup::sentences(), orgs::sentences()}
    );
    auto& database = *co_await control();
    co_await control_sql(
        "INSERT INTO organization (id, slug, name, kind, path, project_type, demo, language, "
        "status,"
        " created_at, updated_at)"
        " SELECT n, 'platform', 'Platform', 'platform', n::text, 'website', false, 'en', 'active',"
        " '2026-01-01', '2026-01-01' FROM nextval(pg_get_serial_sequence('organization', 'id')) AS "
        "n"
    );
    world = std::make_unique<World>(*this, database);
    co_await world->directory.load();
    world->sessions.back();
}

Task<void> PeopleCase::tear_down() {
    co_await ended({"identity.session_seen", "directory.refresh", "directory.load"});
    world.reset();
    co_await PostgresCase::tear_down();
}

Task<Answer> PeopleCase::send(
    Browser& browser, http::Method method, std::string path, std::string body, Extra extra
) {
    auto question = path.find('?');
    auto key = extra.key.empty() ? new_uuid(test_clock.now(), random).text() : extra.key;
    std::vector<http::Field> fields{
        {"Host", "admin.example.org"},
        {"Accept-Language", browser.language},
        {"User-Agent", "Test/1.0"},
        {"Content-Type", "application/json"},
        {"Idempotency-Key", key},
        {"X-CSRF-Token", browser.csrf},
        {"Cookie", browser.cookie},
    };
    if (!extra.if_match.empty()) fields.push_back({"If-Match", extra.if_match});
    if (body.empty())
        std::erase_if(fields, [](const auto& field) { return field.name == "Content-Type"; });
    TextBody reader(body);
    path = "/api/v1" + path;
    question = path.find('?');
    http::Request request;
    request.method = method;
    request.method_text = http::method_name(method);
    request.target = path;
    request.path = std::string_view(path).substr(0, question);
    if (question != std::string::npos) request.query = std::string_view(path).substr(question + 1);
    request.host = "admin.example.org";
    request.scheme = "https";
    request.client = browser.address;
    request.id = "test";
    request.headers = http::Headers(fields);
    request.body = &reader;
    auto response = co_await world->api.handle(request);
    Answer answer{response.status, response.body, nullptr, {}};
    answer.json = json::parse(response.body).value_or(json::Value(nullptr));
    for (const auto& [name, value] : response.headers) {
        if (name == "Set-Cookie") browser.cookie = cookie_of(value);
        if (name == "ETag") answer.etag = value;
    }
    if (auto csrf = answer.at("/csrf_token"); csrf != "absent") browser.csrf = csrf;
    co_return answer;
}

Task<Answer> PeopleCase::get(Browser& browser, std::string path) {
    return send(browser, http::Method::get, std::move(path));
}
Task<Answer> PeopleCase::post(Browser& browser, std::string path, std::string body, Extra extra) {
    return send(browser, http::Method::post, std::move(path), std::move(body), std::move(extra));
}
Task<Answer> PeopleCase::put(Browser& browser, std::string path, std::string body) {
    return send(browser, http::Method::put, std::move(path), std::move(body));
}
Task<Answer> PeopleCase::patch(
    Browser& browser, std::string path, std::string body, std::string if_match
) {
    return send(
        browser,
        http::Method::patch,
        std::move(path),
        std::move(body),
        {.if_match = std::move(if_match)}
    );
}
Task<Answer> PeopleCase::del(Browser& browser, std::string path) {
    return send(browser, http::Method::del, std::move(path));
}

Task<Answer> PeopleCase::sign_up(
    Browser& browser, std::string email, std::string slug, Extra extra
) {
    auto body = fmt::format(
        R"({{"name": "Ann", "email": "{}", "password": "{}", "organization": {{"name": "Acme", "slug": "{}",
            "project_type": "website", "demo": true, "language": "de"}}, "utm": {{"source": "fair"}}}})",
        email,
        password,
        slug
    );
    return post(browser, "/signups", std::move(body), std::move(extra));
}

Task<Answer> PeopleCase::sign_in(Browser& browser, std::string email, std::string typed) {
    return post(
        browser, "/sessions", fmt::format(R"({{"email": "{}", "password": "{}"}})", email, typed)
    );
}

Task<void> PeopleCase::work() {
    while (co_await world->worker.run_due() > 0) {
    }
}

std::size_t PeopleCase::mails_to(std::string_view address) const {
    auto sent = world->smtp.sent();
    return static_cast<std::size_t>(std::ranges::count_if(sent, [&](const auto& mail) {
        return mail.to.address == address;
    }));
}

std::string PeopleCase::mailed_token(std::string_view address) const {
    auto sent = world->smtp.sent();
    for (const auto& mail : sent | std::views::reverse) {
        if (mail.to.address != address) continue;
        auto at = mail.text.find("?token=");
        return at == std::string::npos ? "" : mail.text.substr(at + 7, 43);
    }
    return "no mail";
}

Task<std::string> PeopleCase::cell(std::string sql) {
    auto rows = co_await control_sql(std::move(sql));
    co_return rows.empty() ? "no row" : rows.at(0).at(0).value_or("NULL");
}

}  // namespace luster::testing
