#include "platform/provisioning/stock.h"

#include "platform/provisioning/templates.h"

#include <fmt/format.h>

#include <chrono>
#include <utility>

namespace luster::provisioning {
namespace {

using namespace std::chrono_literals;

std::int64_t lock_key(const std::string& server) {
    return static_cast<std::int64_t>(std::hash<std::string>()("provisioning.stock " + server) >> 1);
}

}  // namespace

std::vector<SeedKind> seed_kinds() {
    return {{"website", true}, {"website", false}, {"ecommerce", true}, {"ecommerce", false}};
}

Stock::Stock(World& world, pg::Lock& lock, std::function<bool()> quiet)
    : world_(world), lock_(lock), quiet_(std::move(quiet)), started_(world.clock.now()) {}

// Two births that need the same template wait for one build of it.
Task<std::string> Stock::template_for(std::string server, SeedKind kind) {
    auto key = fmt::format("{} {} {}", server, kind.project_type, kind.demo);
    while (true) {
        auto ready = co_await store::ready_template(world_, server, kind);
        if (ready) co_return *ready;
        auto [building, first] = building_.try_emplace(key, nullptr);
        if (first) break;
        auto event = building->second;
        co_await event->wait();
    }
    auto event = std::make_shared<Event>();
    building_[key] = event;
    struct Over {
        std::function<void()> run;
        ~Over() { run(); }
    } over{[this, key, event] {
        building_.erase(key);
        event->notify_all();
    }};
    co_return co_await build_template(server, kind);
}

Task<std::string> Stock::build_template(std::string server, SeedKind kind) {
    auto build = crypto::random_bytes<2>(world_.random);
    auto suffix = crypto::hex({reinterpret_cast<const char*>(build.data()), build.size()});
    auto database = template_name(kind, template_digest(world_), suffix);
    world_.log.info("a template is being built", {{"server", server}, {"database", database}});
    auto births = world_.doors.borrow(server);
    co_await prepare_server(*births);
    co_await store::begin_template(world_, server, kind, database);
    try {
        co_await make_template_database(world_, *births, kind, database);
        co_await store::template_made(world_, server, database);
    } catch (const std::exception&) {
        broken_off_[server].push_back(database);
        throw;
    }
    co_return database;
}

Task<std::int64_t> Stock::make_for(std::string server, SeedKind kind, OrgId organization) {
    auto spare = co_await store::begin_spare(world_, server, kind, organization);
    co_await make_spare(server, kind, spare);
    look_again();
    co_return spare;
}

Task<void> Stock::make_spare(std::string server, SeedKind kind, std::int64_t spare) {
    auto source = co_await template_for(server, kind);
    auto births = world_.doors.borrow(server);
    co_await make_spare_database(*births, spare_names(spare), source);
    co_await store::spare_made(world_, spare);
}

Task<void> Stock::tend(std::string server) {
    auto pause = 250ms;
    bool warned = false;
    ++tending_;
    while (!stopping_) {
        bool moved = false;
        try {
            if (!std::exchange(warned, true)) co_await warn_of_open_databases(server);
            moved = co_await tend_once(server);
            pause = 250ms;
        } catch (const std::exception& fault) {
            pause = std::min(pause * 2, 30'000ms);
            world_.log.warning(
                "the stock can't be kept", {{"server", server}, {"fault", fault.what()}}
            );
        }
        if (moved || stopping_) continue;
        co_await changed_.wait_for(pause > 250ms || !quiet_() ? pause : 60'000ms);
    }
    --tending_;
    changed_.notify_all();
}

// A tenant's role could enter these, whoever made them so.
Task<void> Stock::warn_of_open_databases(const std::string& server) {
    auto births = world_.doors.borrow(server);
    for (auto& database : co_await open_databases(*births)) {
        world_.log.warning(
            "a database is open to every role of its server",
            {{"server", server}, {"database", database}}
        );
    }
}

// One process at a time keeps a server's stock.
Task<bool> Stock::tend_once(std::string server) {
    if (!quiet_()) co_return false;
    auto key = lock_key(server);
    if (!co_await lock_.try_lock(key)) co_return false;
    bool moved = false;
    std::exception_ptr fault;
    try {
        co_await retire_leftovers(server);
        moved = co_await make_ahead(server) || co_await drop_retired(server);
    } catch (...) {
        fault = std::current_exception();
    }
    if (lock_.holds(key)) co_await lock_.unlock(key);
    if (fault) std::rethrow_exception(fault);
    co_return moved;
}

// What this release can't use, what a crash left half made, and what broke off here.
Task<void> Stock::retire_leftovers(const std::string& server) {
    co_await store::retire_stale(world_, server, started_);
    auto& broken_off = broken_off_[server];
    while (!broken_off.empty()) {
        auto database = broken_off.back();
        co_await store::retire_template(world_, server, database);
        std::erase(broken_off, database);
    }
}

Task<bool> Stock::make_ahead(const std::string& server) {
    for (auto& kind : seed_kinds()) {
        if (!co_await store::ready_template(world_, server, kind)) {
            co_await template_for(server, kind);
            co_return true;
        }
    }
    for (auto& kind : seed_kinds()) {
        if (co_await store::count_ready(world_, server, kind) >= world_.settings.spares) continue;
        co_await make_spare(
            server, kind, co_await store::begin_spare(world_, server, kind, std::nullopt)
        );
        co_return true;
    }
    co_return false;
}

Task<bool> Stock::drop_retired(const std::string& server) {
    auto births = world_.doors.borrow(server);
    if (auto spare = co_await store::retired_spare(world_, server)) {
        co_await drop_spare_database(*births, spare_names(*spare));
        co_await store::forget_spare(world_, *spare);
        co_return true;
    }
    if (auto database = co_await store::retired_template(world_, server)) {
        co_await drop_template_database(*births, *database);
        co_await store::forget_template(world_, server, *database);
        co_return true;
    }
    co_return false;
}

void Stock::stop() {
    stopping_ = true;
    changed_.notify_all();
}

Task<void> Stock::stopped() {
    while (tending_ > 0) co_await changed_.wait();
}

void Stock::look_again() {
    changed_.notify_all();
}

}  // namespace luster::provisioning
