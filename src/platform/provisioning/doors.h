// Sessions of `luster_births` on each server, lent to one birth, removal or refill at a time.
#pragma once

#include "io/pg/births.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace luster::provisioning {

class Doors {
public:
    explicit Doors(const pg::Servers& servers) : servers_(servers) {}

    // Gives itself back. One loop only.
    class Loan {
    public:
        Loan(Doors& doors, std::unique_ptr<pg::Births> births)
            : doors_(&doors), births_(std::move(births)) {}
        Loan(Loan&&) noexcept = default;
        Loan& operator=(Loan&&) = delete;
        ~Loan();
        pg::Births* operator->() const { return births_.get(); }
        pg::Births& operator*() const { return *births_; }

    private:
        Doors* doors_;
        std::unique_ptr<pg::Births> births_;
    };
    // A fault where the configuration has no such server.
    Loan borrow(const std::string& server);

private:
    const pg::Servers& servers_;
    std::map<std::string, std::vector<std::unique_ptr<pg::Births>>, std::less<>> idle_;
};

}  // namespace luster::provisioning
