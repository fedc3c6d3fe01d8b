#include "platform/provisioning/provisioner.h"

#include "io/faults.h"

namespace luster::provisioning {

Provisioner::Provisioner(
    World& world,
    Desk& desk,
    pg::Lock& lock,
    Executor executor,
    reconcile::Limits limits,
    Lists lists
)
    : world_(world),
      desk_(desk),
      executor_(executor),
      stock_(world, lock, [this] { return reconciler_.quiet_for(world_.settings.quiet_ms); }),
      work_(
          world, stock_, [this](OrgId organization) { desk_.moved(organization); }, lists
      ),
      reconciler_(work_, lock, world.clock, executor, limits, world.log) {
    desk_.wakes([this](OrgId organization) { wake(organization); });
}

void Provisioner::start() {
    faults::arm_from_environment();  // for the crash tests
    spawn(executor_, "provisioning", reconciler_.run());
    for (auto& server : world_.settings.servers)
        spawn(executor_, "provisioning.stock", stock_.tend(server));
}

Task<void> Provisioner::stop() {
    stock_.stop();
    reconciler_.stop();
    co_await reconciler_.stopped();
    co_await stock_.stopped();
}

}  // namespace luster::provisioning
