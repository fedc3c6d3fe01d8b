// What a process does without being asked: provisioning and jobs.
#pragma once

#include "app/features.h"
#include "cms/seeds/seeds.h"
#include "core/migrate/migrate.h"
#include "io/pg/lock.h"
#include "platform/provisioning/provisioner.h"
#include "platform/runtimes/embedded.h"

namespace luster::app {

class Background {
public:
    Background(
        Backbone& backbone, Features& features, s3::Buckets& buckets, runtimes::EmbeddedSites& sites
    );

    Task<void> start();
    Task<void> stop();
    void database_is_back() {
        provisioner_.back();
        worker_.wake();
    }
    void job_is_told() { worker_.wake(); }
    void write_metrics(std::string& out) const;

private:
    // Asks this server for a site's home page, as a visitor would.
    class OwnAddress final : public provisioning::Probe {
    public:
        explicit OwnAddress(const Config& config) : config_(config) {}
        Task<int> status_of(std::string url) override;

    private:
        const Config& config_;
    };

    Backbone& backbone_;
    Features& features_;
    seeds::ThemeSeeder seeder_;
    std::vector<migrate::Migration> schema_;
    provisioning::Settings settings_;
    provisioning::Doors doors_;
    runtimes::Embedded driver_;
    OwnAddress own_address_;
    provisioning::World world_;
    pg::Lock lock_;
    provisioning::Provisioner provisioner_;
    jobs::Worker worker_;
};

}  // namespace luster::app
