// Effects of a simulated run. Each call waits for its turn and may be lost.
#pragma once

#include "core/seeding/seeder.h"
#include "io/clock/clock.h"
#include "io/loop/timer.h"
#include "io/s3/buckets.h"
#include "io/smtp/smtp.h"
#include "platform/provisioning/world.h"
#include "platform/runtimes/embedded.h"

#include <set>
#include <string>

namespace luster::sim {

// The wall clock moves with the timers.
class SimulatedTime final : public Clock {
public:
    Time now() const override;
    Task<void> sleep_until(Time time) override;
};

class Files final : public s3::Buckets {
public:
    explicit Files(s3::Buckets& store) : store_(store) {}
    Task<Result<void>> create(std::string bucket) override;
    Task<bool> exists(std::string bucket) override;
    Task<void> remove_bucket(std::string bucket) override;
    Task<Result<void>> put(std::string bucket, std::string key, std::string type, s3::Pieces body)
        override;
    Task<Result<s3::Object>> get(std::string bucket, std::string key) override;
    Task<Result<void>> remove(std::string bucket, std::string key) override;
    Task<Result<s3::Listing>> list(
        std::string bucket, std::string prefix, std::string after, std::size_t limit
    ) override;

private:
    s3::Buckets& store_;
};

class MailServer final : public smtp::Smtp {
public:
    explicit MailServer(smtp::Smtp& mailbox) : mailbox_(mailbox) {}
    Task<void> send(smtp::Mail mail) override;

private:
    smtp::Smtp& mailbox_;
};

// The sites of one process, and a visitor who looks at them.
class Sites final : public runtimes::EmbeddedSites, public provisioning::Probe {
public:
    void open(OrgId organization) override { open_.insert(organization); }
    Task<void> close(OrgId organization) override;
    bool is_open(OrgId organization) const override { return open_.contains(organization); }
    Task<int> status_of(std::string url) override;

private:
    std::set<OrgId> open_;
};

// A theme's name, a demo page and a picture: enough to see what is missing or doubled.
class PlainSeeder final : public Seeder {
public:
    std::string digest() const override { return "plain"; }
    Task<void> fill(pg::Session& session, const SeedKind& kind, Time now) override;
    Task<void> assign_theme(pg::TenantTx& tx, const Newborn& newborn) override;
    Task<void> bring_content(pg::TenantTx& tx, const Newborn& newborn) override;
    Task<void> bring_files(s3::Buckets& buckets, const std::string& bucket, const Newborn& newborn)
        override;
};

}  // namespace luster::sim
