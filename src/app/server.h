// `luster serve` and `luster worker`: everything of a process, from its start to its drain.
#pragma once

#include "app/background.h"
#include "app/dispatch.h"
#include "app/features.h"
#include "app/hosts.h"
#include "io/s3/folder.h"
#include "site/invalidate.h"
#include "site/runtime.h"
#include "site/stored_content.h"

#include <atomic>
#include <mutex>
#include <set>

namespace luster::app {

struct Duties {
    bool front = true;       // panel, API and sites
    bool background = true;  // provisioning, jobs, events
};

class Server {
public:
    Server(const Config& config, Duties duties, log::Logger log);
    ~Server();
    int run();  // until SIGTERM or SIGINT, and everything has ended in order

private:
    class Sites;

    Task<void> start();
    Task<void> stop();
    void heard(std::string_view channel, std::string_view payload);
    void hear_again();
    void lose_ear();
    std::vector<outbox::Listener> listeners();
    void write_metrics(std::string& out) const;

    const Config& config_;
    Duties duties_;
    log::Logger log_;
    Backbone backbone_;
    smtp::CurlSmtp smtp_;
    Features features_;
    s3::FolderBuckets buckets_;
    std::unique_ptr<Sites> sites_;
    PlatformHosts hosts_;
    site::StoredPreviews previews_;
    site::Runtime runtime_;
    site::Invalidation invalidation_;
    outbox::Outbox outbox_;
    pg::Listener listener_;
    api::Api api_;
    Dispatch dispatch_;
    Operator operator_;
    http::Server front_;
    http::Server operator_server_;
    std::unique_ptr<Background> background_;
    std::atomic<bool> draining_ = false;
};

}  // namespace luster::app
