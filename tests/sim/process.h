// One life of the server: the parts that register, provision, remove, mail and tell, joined as app
// joins them, over simulated effects. It ends by being killed.
#pragma once

#include "core/api/api.h"
#include "core/audit/audit.h"
#include "core/jobs/worker.h"
#include "core/outbox/outbox.h"
#include "ground.h"
#include "platform/directory/directory.h"
#include "platform/identity/api.h"
#include "platform/orgs/api.h"
#include "platform/provisioning/provisioner.h"
#include "platform/signup/signup.h"

#include <functional>
#include <string>

namespace luster::sim {

struct Edited {
    static constexpr std::string_view kind = "sim.edited";
    std::string mark;
};
BOOST_DESCRIBE_STRUCT(Edited, (), (mark))

struct Answer {
    unsigned status = 0;
    std::string text;
};

class Process {
public:
    Process(Ground& ground, std::uint64_t seed, provisioning::Lists steps, log::Logger log);
    ~Process();

    bool ready() const { return ready_; }
    bool broken() const { return broken_; }  // it could not start, and ends
    boost::asio::io_context& loop() { return loops_.context(0); }
    std::size_t working() const { return work_pool_.queued(); }

    // What people do; `then` is not called if the process dies first.
    void post(
        std::string path,
        std::string body,
        std::string key,
        std::string address,
        std::function<void(Answer)> then
    );
    void remove(std::string slug, std::function<void(bool)> then);
    void retry_all();
    // A change in an organization's database with an event beside it.
    void edit(OrgId organization, std::string mark, std::function<void(bool)> then);

    // For planted mistakes.
    std::function<Task<Answer>(http::Request&)> handle;
    pg::ControlDb& control() { return control_; }
    std::string fresh() { return new_uuid(ground_.clock.now(), random_).text(); }

private:
    Task<void> start();
    Task<void> send(
        std::string path,
        std::string body,
        std::string key,
        std::string address,
        std::function<void(Answer)> then
    );
    audit::Act act(std::string action);
    Task<void> confirm(std::string slug);
    Task<void> remove_one(std::string slug, std::function<void(bool)> then);
    Task<void> retry_failed();
    Task<void> edit_one(OrgId organization, std::string mark, std::function<void(bool)> then);
    Task<void> hear(outbox::Delivery delivery, Edited edited);
    std::vector<jobs::Kind> jobs();
    std::vector<api::Endpoint> endpoints();

    Ground& ground_;
    Loops loops_{1};
    SeededRandom random_;
    WorkPool work_pool_{1, 64};
    Files files_;
    MailServer smtp_;
    Sites sites_;
    runtimes::Embedded driver_;
    pg::ControlDb control_;
    pg::Pool pool_;
    pg::Notifier notifier_;
    Directory directory_;
    Tenants tenants_;
    mail::Post post_;
    jobs::Bell bell_;
    identity::Sessions sessions_;
    provisioning::Desk desk_;
    identity::Identity identity_;
    identity::Api people_;
    signup::Signup signup_;
    orgs::Organizations organizations_;
    api::Api api_;
    provisioning::Doors doors_;
    provisioning::World world_;
    pg::Lock lock_;
    provisioning::Provisioner provisioner_;
    jobs::Worker worker_;
    outbox::Outbox outbox_;
    bool ready_ = false;
    bool broken_ = false;
};

}  // namespace luster::sim
