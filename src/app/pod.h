// `luster site`: one organization's site alone, as its pod runs it. It holds that organization's
// theme role and bucket, no credential of the platform, and only reads.
#pragma once

#include "app/config.h"
#include "app/dispatch.h"
#include "base/log.h"
#include "core/tenancy/tenants.h"
#include "io/clock/clock.h"
#include "io/loop/work_pool.h"
#include "io/pg/listener.h"
#include "io/s3/folder.h"
#include "site/one_site.h"
#include "site/runtime.h"

#include <atomic>

namespace luster::app {

class Pod {
public:
    Pod(const PodConfig& config, Secret password, log::Logger log);
    int run();  // until SIGTERM or SIGINT, and everything has ended in order

private:
    // The one database that is known here, by the one role.
    class OwnAddress final : public Addresses {
    public:
        OwnAddress(OrgId organization, pg::Address address);
        Task<TenantAddress> address_of(OrgId organization) override;

    private:
        OrgId organization_;
        std::shared_ptr<const pg::Address> address_;
    };

    Task<void> start();
    Task<void> try_database();
    void heard();  // changes, from now on
    Task<void> stop();
    void write_metrics(std::string& out) const;

    const PodConfig& config_;
    log::Logger log_;
    SystemClock clock_;
    Loops loops_;
    WorkPool work_pool_;
    pg::Servers servers_;
    pg::Address address_;
    pg::Pool pool_;
    OwnAddress addresses_;
    Tenants tenants_;
    s3::FolderBuckets buckets_;
    site::OneSite hosts_;
    site::Runtime runtime_;
    pg::Listener listener_;
    Operator operator_;
    http::Server front_;
    http::Server operator_server_;
    std::atomic<bool> ready_ = false;  // for good, once its database was there
    std::atomic<bool> draining_ = false;
};

}  // namespace luster::app
