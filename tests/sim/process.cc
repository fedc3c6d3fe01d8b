#include "process.h"

#include "platform/provisioning/admin.h"

#include <algorithm>

namespace luster::sim {
namespace {

const pg::ControlQuery<void(std::string)> confirm_organization{"sim.confirm", R"sql(
    UPDATE organization SET verified_at = created_at WHERE slug = $1 AND verified_at IS NULL)sql"};

const pg::TenantQuery<void(std::string_view)> write_mark{"sim.write_mark", R"sql(
    INSERT INTO setting (key, value, public) VALUES ($1, '1', false) ON CONFLICT DO NOTHING)sql"};

class TextBody final : public http::Body {
public:
    explicit TextBody(std::string text) : text_(std::move(text)) {}
    bool empty() const override { return at_ == text_.size(); }
    Task<std::size_t> read(std::span<char> into) override {
        auto length = std::min(into.size(), text_.size() - at_);
        std::ranges::copy_n(text_.begin() + static_cast<std::ptrdiff_t>(at_), length, into.begin());
        at_ += length;
        co_return length;
    }

private:
    std::string text_;
    std::size_t at_ = 0;
};

pg::Address control_address(std::string_view role) {
    return {"main", std::string(Ground::control_database), std::string(role), {}};
}

// A busy machine must not decide what happens: no limit counts real time.
pg::PoolLimits patient() {
    pg::PoolLimits limits;
    limits.statement_ms_max = std::chrono::minutes(1);
    return limits;
}

template <class T>
void append(std::vector<T>& all, std::vector<T> more) {
    std::ranges::move(more, std::back_inserter(all));
}

}  // namespace

Process::Process(Ground& ground, std::uint64_t seed, provisioning::Lists steps, log::Logger log)
    : ground_(ground),
      random_(seed),
      files_(*ground.buckets),
      smtp_(*ground.mailbox),
      driver_(sites_),
      control_(loops_, ground.servers, control_address("luster"), patient()),
      pool_(loops_, ground.servers, patient()),
      notifier_(control_, loops_.executor(0)),
      directory_(loops_, control_, notifier_, ground.keys),
      tenants_(pool_, directory_),
      post_(
          {.from = {"hello@luster.example", "Luster"},
           .panel_url = "https://admin.example.org",
           .brand = {}},
          ground.keys,
          smtp_,
          random_
      ),
      bell_(notifier_),
      sessions_(loops_, control_, notifier_, ground.clock, log),
      desk_(loops_, control_, notifier_, ground.settings.sites_url),
      identity_({
          .control = control_,
          .sessions = sessions_,
          .work_pool = work_pool_,
          .post = post_,
          .bell = bell_,
          .random = random_,
          .branding = {},
          .hooks = {
              .changed = [this](OrgId organization) { return directory_.changed(organization); },
              .provision = [this](OrgId organization) { desk_.wake(organization); },
              .dress = [](OrgId, orgs::SiteIdentity) -> Task<void> {
                  co_return;
              },  // nobody renames here
          },
      }),
      people_(identity_),
      signup_(identity_),
      organizations_(control_, bell_, identity_.uses().hooks),
      api_(
          {.loops = loops_,
           .clock = ground.clock,
           .random = random_,
           .authenticator = sessions_,
           .organizations = directory_,
           .control = control_,
           .tenants = tenants_,
           .places = {"https", "admin.example.org", "sites.example.org"}},
          endpoints(),
          {.rate_factor = 100, .key = ground.keys.derive("idempotency")},
          log
      ),
      doors_(ground.servers),
      world_{
          .clock = ground.clock,
          .random = random_,
          .log = log,
          .control = control_,
          .servers = ground.servers,
          .doors = doors_,
          .pool = pool_,
          .keys = ground.keys,
          .schema = ground.tenant_schema,
          .seeder = ground.seeder,
          .stores = {{"main", &files_}},
          .driver = driver_,
          .probe = sites_,
          .organization_changed = [this](OrgId organization
                                  ) { return directory_.changed(organization); },
          .settings = ground.settings,
      },
      lock_(ground.servers, control_address("luster")),
      provisioner_(world_, desk_, lock_, loops_.executor(0), {}, steps),
      worker_(
          loops_.executor(0),
          control_,
          ground.clock,
          random_,
          log,
          jobs(),
          {.clock_difference_max = std::chrono::days(36'500)}
      ),
      outbox_(
          loops_.executor(0),
          ground.clock,
          random_,
          control_,
          tenants_,
          {outbox::listener<Edited>(
              "sim",
              [this](outbox::Delivery delivery, Edited edited) { return hear(delivery, edited); }
          )},
          log
      ) {
    handle = [this](http::Request& request) -> Task<Answer> {
        auto response = co_await api_.handle(request);
        co_return Answer{response.status, response.body};
    };
    bell_.connect(worker_);
    spawn(loops_.executor(0), "sim.start", start());
}

// Whatever is suspended ends here, while what it uses is still there.
Process::~Process() {
    control_.abandon();
    pool_.abandon();
    loops_.abandon();
}

std::vector<jobs::Kind> Process::jobs() {
    auto all = post_.jobs();
    append(all, identity_.jobs());
    append(all, signup_.jobs());
    return all;
}

std::vector<api::Endpoint> Process::endpoints() {
    auto all = people_.endpoints();
    append(all, signup_.endpoints());
    append(all, organizations_.endpoints());
    return all;
}

Task<void> Process::start() {
    try {
        co_await directory_.load();
        sessions_.back();
        provisioner_.start();
        spawn(loops_.executor(0), "sim.jobs", worker_.run());
        spawn(loops_.executor(0), "sim.outbox", outbox_.run());
        ready_ = true;
    } catch (const Fault&) {
        broken_ = true;
    }
}

void Process::post(
    std::string path,
    std::string body,
    std::string key,
    std::string address,
    std::function<void(Answer)> then
) {
    spawn(loops_.executor(0), "sim.request", send(path, body, key, address, std::move(then)));
}

Task<void> Process::send(
    std::string path,
    std::string body,
    std::string key,
    std::string address,
    std::function<void(Answer)> then
) {
    std::vector<http::Field> fields{
        {"Host", "admin.example.org"},
        {"Content-Type", "application/json"},
        {"Idempotency-Key", key},
    };
    TextBody reader(body);
    http::Request request;
    request.method = http::Method::post;
    request.method_text = "POST";
    request.target = path;
    request.path = path;
    request.host = "admin.example.org";
    request.scheme = "https";
    request.client = address;
    request.id = "sim";
    request.headers = http::Headers(fields);
    request.body = &reader;
    Answer answer{503, ""};
    try {
        answer = co_await handle(request);
    } catch (const Fault&) {
    }
    then(std::move(answer));
}

void Process::remove(std::string slug, std::function<void(bool)> then) {
    spawn(loops_.executor(0), "sim.remove", remove_one(slug, std::move(then)));
}

audit::Act Process::act(std::string action) {
    return {new_id<EventTag>(ground_.clock.now(), random_), "sim", std::move(action)};
}

// Only a name that its owner confirmed is given once and for ever.
Task<void> Process::confirm(std::string slug) {
    auto tx = co_await control_.begin();
    co_await tx.run(confirm_organization, slug);
    co_await tx.commit();
}

Task<void> Process::remove_one(std::string slug, std::function<void(bool)> then) {
    bool wanted = false;
    try {
        co_await confirm(slug);
        wanted = bool(co_await provisioning::admin::remove_now(
            control_, desk_, slug, act("sim remove"), ground_.clock.now()
        ));
    } catch (const Fault&) {
    }
    then(wanted);
}

void Process::retry_all() {
    spawn(loops_.executor(0), "sim.retry", retry_failed());
}

Task<void> Process::retry_failed() {
    auto lines = co_await provisioning::admin::list(control_, "", false);
    for (auto& line : lines) {
        if (line.status != OrgStatus::failed) continue;
        co_await provisioning::admin::retry(
            control_, desk_, line.slug, act("sim retry"), ground_.clock.now()
        );
    }
}

void Process::edit(OrgId organization, std::string mark, std::function<void(bool)> then) {
    spawn(loops_.executor(0), "sim.edit", edit_one(organization, mark, std::move(then)));
}

Task<void> Process::edit_one(OrgId organization, std::string mark, std::function<void(bool)> then) {
    bool done = false;
    try {
        auto tx = co_await TenantScopes(tenants_).begin(organization);
        co_await tx.run(write_mark, mark);
        co_await outbox::tell(tx, Edited{mark});
        co_await tx.commit();
        done = true;
    } catch (const Fault&) {
    }
    then(done);
}

Task<void> Process::hear(outbox::Delivery delivery, Edited edited) {
    auto take = [this, edited]() -> Task<void> {
        ground_.heard.insert(edited.mark);
        co_return;
    };
    co_await turns::around("hear of " + edited.mark, take());
}

}  // namespace luster::sim
