// Mistakes that people make, planted one at a time to see that the simulator finds each. They exist
// in this program only: other steps, another schema, another way to a request's answer.
#pragma once

#include "process.h"

#include <functional>
#include <string>
#include <vector>

namespace luster::sim {

struct Mistake {
    std::string name;
    provisioning::Lists steps{};
    std::function<void(const Ground&)> plant{};           // in the control database of the run
    std::function<void(const Ground&, Process&)> join{};  // in each process
};

const std::vector<Mistake>& mistakes();
const Mistake& no_mistake();

}  // namespace luster::sim
