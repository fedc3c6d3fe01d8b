// One piece of work at a time for each name: who asks while it is under way waits for its result.
// For one loop.
#pragma once

#include "io/loop/event.h"
#include "io/loop/task.h"

#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace luster::site {

template <class T>
class Flights {
public:
    struct Landed {
        T value;
        bool joined;  // it was begun before we asked: it may be too old for us
    };

    // Throws what `make` threw, to everybody who waited.
    template <class Make>
    Task<Landed> join(std::string name, Make make) {
        if (auto found = flights_.find(name); found != flights_.end()) {
            auto flight = found->second;
            co_await flight->landed.wait();
            if (flight->fault) std::rethrow_exception(flight->fault);
            co_return Landed{*flight->value, true};
        }
        auto flight = std::make_shared<Flight>();
        flights_.emplace(name, flight);
        try {
            flight->value = co_await make();
        } catch (...) {
            flight->fault = std::current_exception();
        }
        flights_.erase(name);
        flight->landed.notify_all();
        if (flight->fault) std::rethrow_exception(flight->fault);
        co_return Landed{*flight->value, false};
    }
    std::size_t size() const { return flights_.size(); }

private:
    struct Flight {
        Event landed;
        std::optional<T> value;
        std::exception_ptr fault;
    };
    std::unordered_map<std::string, std::shared_ptr<Flight>> flights_;
};

}  // namespace luster::site
