// Provisioning as other features and the API see it: say what is wanted, and see how far it is. The
// work is done by the Provisioner (provisioner.h) of this process or of another one.
//
//     auto tx = co_await control.begin();
//     … insert the organization …
//     co_await provisioning::want_present(tx, organization, now);   // in the same transaction
//     co_await tx.commit();
//     desk.wake(organization);                                      // it begins now, not at the
//     next look
#pragma once

#include "base/result.h"
#include "io/pg/listener.h"
#include "io/pg/pg.h"
#include "platform/provisioning/progress.h"
#include "platform/provisioning/watch.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace luster::provisioning {

Task<void> want_present(pg::ControlTx& tx, OrgId organization, Time now);
// Ends the organization: suspended at once, then everything that it owns goes. Its row and slug
// stay.
Task<void> want_absent(pg::ControlTx& tx, OrgId organization, Time now);

BOOST_DEFINE_ENUM_CLASS(Stage, provisioning, active, failed)

// As the API shows it.
struct View {
    Stage status = Stage::provisioning;
    std::string site_url;
    std::vector<StepRow> steps;
};
BOOST_DESCRIBE_STRUCT(View, (), (status, site_url, steps))

struct VersionedView {
    std::int64_t version = 0;  // rises with every change
    View view;
};

class Desk {
public:
    static constexpr std::string_view wanted_channel = "provisioning_wanted";
    static constexpr std::string_view moved_channel = "provisioning_moved";

    Desk(Loops& loops, pg::ControlDb& control, pg::Notifier& notifier, std::string sites_url);

    void wake(OrgId organization);
    // The Provisioner of this process, where there is one.
    void wakes(std::function<void(OrgId)> provisioner) { provisioner_ = std::move(provisioner); }

    Task<std::optional<VersionedView>> view(OrgId organization);
    // Begins anew after the last failed attempt; a conflict where nothing has failed.
    Task<Result<void>> try_again(pg::ControlTx& tx, OrgId organization, Time now);

    Watch& watch() { return watch_; }
    // What the process's Listener hears on the two channels, and that it may have missed something.
    void notified(std::string_view channel, std::string_view payload);
    void back();
    // This process has recorded something: tells its own watchers and the other processes.
    void moved(OrgId organization);

private:
    pg::ControlDb& control_;
    pg::Notifier& notifier_;
    std::string sites_url_;
    Watch watch_;
    std::function<void(OrgId)> provisioner_;
};

}  // namespace luster::provisioning
