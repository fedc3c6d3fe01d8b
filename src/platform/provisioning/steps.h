// A birth and its mirror, as lists of steps.
#pragma once

#include "core/reconcile/steps.h"
#include "platform/provisioning/org.h"
#include "platform/provisioning/stock.h"
#include "platform/provisioning/world.h"

#include <span>
#include <string_view>
#include <vector>

namespace luster::provisioning {

// What a step works with: the world, and what is kept ready.
struct Hands {
    World& world;
    Stock& stock;
    std::function<bool()> may_go_on;
};
using Step = reconcile::Step<Hands, Org>;

std::span<const Step> birth_steps();
std::span<const Step> removal_steps();
struct Lists {
    std::span<const Step> birth = birth_steps();
    std::span<const Step> removal = removal_steps();

    std::span<const Step> towards(bool present) const { return present ? birth : removal; }
};
std::vector<std::string_view> names_of(std::span<const Step> steps);

}  // namespace luster::provisioning
