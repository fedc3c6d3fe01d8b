#include "io/pg/home.h"

#include "io/pg/lease.h"
#include "io/pg/shared_reader.h"

#include <boost/asio/post.hpp>

#include <limits>

namespace luster::pg {
namespace {

namespace asio = boost::asio;

constexpr std::size_t shared_connections = 2;  // of the owner role and of the theme role

std::size_t transactions_max(const PoolLimits& limits) {
    auto each = limits.connections_max_each;
    return each > shared_connections ? each - shared_connections : 1;
}

}  // namespace

Held::Held(
    std::shared_ptr<Common> common_of_all,
    Place place_taken,
    std::shared_ptr<Connection> opened,
    std::weak_ptr<Database> of
)
    : common(std::move(common_of_all)),
      place(std::move(place_taken)),
      connection(std::move(opened)),
      database(std::move(of)) {
    ++common->connections;
    ++common->opened;
}

Held::~Held() {
    connection->close();
    --common->connections;
    ++common->closed;
}

Home::Home(Executor executor, std::shared_ptr<Common> common)
    : executor_(executor),
      common_(std::move(common)),
      longest_idle_(std::numeric_limits<std::int64_t>::max()),
      sweeper_(executor) {}

std::shared_ptr<Database> Home::database(std::int64_t key) {
    if (closed_) throw Error("", "the connections are closed");
    auto& database = databases_[key];
    if (!database) database = std::make_shared<Database>(shared_from_this());
    return database;
}

void Home::forget(std::int64_t key) {
    auto node = databases_.extract(key);
    if (node) node.mapped()->close();
}

void Home::close() {
    closed_ = true;
    for (auto& [key, database] : std::exchange(databases_, {})) database->close();
    sweeper_.cancel();
}

void Home::abandon() {
    closed_ = true;
    for (auto& [key, database] : std::exchange(databases_, {})) database->abandon();
    idle_.clear();
}

void Home::idle(std::shared_ptr<Held> held) {
    held->idle_since = TimerClock::now();
    idle_.push_back(std::move(held));
    ++common_->idle;
    note();
    if (closed_ || common_->turnstile->waiting() > 0) return close_longest_idle();
    sweep_later();
}

bool Home::take(const std::shared_ptr<Held>& held) {
    // Mostly the last one: it is the warmest.
    auto found = std::find(idle_.rbegin(), idle_.rend(), held);
    if (found == idle_.rend()) return false;
    idle_.erase(std::next(found).base());
    --common_->idle;
    note();
    return true;
}

void Home::close_longest_idle() {
    if (idle_.empty()) return;
    auto held = std::move(idle_.front());
    idle_.pop_front();
    --common_->idle;
    note();
    held->connection->close();
    if (auto database = held->database.lock()) database->dropped(held);
}

void Home::note() {
    longest_idle_ = idle_.empty() ? std::numeric_limits<std::int64_t>::max()
                                  : idle_.front()->idle_since.time_since_epoch().count();
}

void Home::sweep_later() {
    if (idle_.empty() || std::exchange(sweeping_, true)) return;
    sweeper_.expires_at(idle_.front()->idle_since + common_->limits.idle_ms_max);
    sweeper_.async_wait([weak = weak_from_this()](boost::system::error_code error) {
        auto self = weak.lock();
        if (error || !self) return;
        self->sweeping_ = false;
        auto before = TimerClock::now() - self->common_->limits.idle_ms_max;
        while (!self->idle_.empty() && self->idle_.front()->idle_since <= before) {
            self->close_longest_idle();
        }
        self->sweep_later();
    });
}

Database::Database(std::shared_ptr<Home> home)
    : home_(std::move(home)),
      transactions_(std::make_shared<Turnstile>(
          transactions_max(home_->common()->limits), home_->common()->limits.waiting_max
      )) {}

Task<Answer> Database::read(const AddressPtr& address, Bound bound) {
    for (auto& [known, reader] : readers_) {
        if (known == address || known->role == address->role)
            return SharedReader::ask(reader, std::move(bound));
    }
    auto reader = std::make_shared<SharedReader>(weak_from_this(), home_->executor(), address);
    readers_.emplace_back(address, reader);
    return SharedReader::ask(reader, std::move(bound));
}

Task<std::shared_ptr<Held>> Database::open(AddressPtr address, ConnectionOptions options) {
    auto self = shared_from_this();
    const auto& common = home_->common();
    auto place = co_await common->turnstile->enter(common->limits.wait_ms_max);
    auto connection = co_await Connection::open(common->servers, *address, options);
    co_return std::make_shared<Held>(common, std::move(place), std::move(connection), self);
}

std::shared_ptr<Held> Database::take_free() {
    while (!free_.empty()) {
        auto held = std::move(free_.back());
        free_.pop_back();
        home_->take(held);
        if (held->connection->reusable()) return held;
    }
    return nullptr;
}

Task<std::shared_ptr<Lease>> Database::lease(AddressPtr address) {
    auto self = shared_from_this();
    const auto& limits = home_->common()->limits;
    auto own = co_await transactions_->enter(limits.wait_ms_max);
    auto held = take_free();
    if (!held) held = co_await open(address, {.statement_ms_max = limits.transaction_ms_max});
    if (closed_) throw Error("", "the connection was closed");
    std::erase_if(leased_, [](const auto& weak) { return weak.expired(); });
    leased_.push_back(held);
    co_return std::make_shared<Lease>(self, std::move(own), std::move(held));
}

void Database::give_back(std::shared_ptr<Held> held) {
    std::erase_if(leased_, [&](const auto& weak) { return weak.lock() == held; });
    if (closed_) return held->connection->close();
    free_.push_back(held);
    home_->idle(std::move(held));
}

void Database::dropped(const std::shared_ptr<Held>& held) {
    std::erase(free_, held);
    for (auto& [address, reader] : readers_) reader->dropped(held);
}

void Database::close() {
    closed_ = true;
    auto self = shared_from_this();
    for (auto& held : std::exchange(free_, {})) {
        home_->take(held);
        held->connection->close();
    }
    for (auto& weak : std::exchange(leased_, {})) {
        if (auto held = weak.lock()) held->connection->close();
    }
    for (auto& [address, reader] : std::exchange(readers_, {})) reader->close();
}

void Database::abandon() {
    closed_ = true;
    free_.clear();
    for (auto& [address, reader] : std::exchange(readers_, {})) reader->abandon();
}

void close_longest_idle(std::span<const std::shared_ptr<Home>> homes) {
    auto longest =
        std::ranges::min_element(homes, {}, [](const auto& home) { return home->longest_idle(); });
    if (longest == homes.end()) return;
    if ((*longest)->longest_idle() == std::numeric_limits<std::int64_t>::max()) return;
    asio::post((*longest)->executor(), [home = *longest] { home->close_longest_idle(); });
}

PoolStats stats_of(const Common& common) {
    return {
        .connections = common.connections,
        .idle = common.idle,
        .waiting = common.turnstile->waiting(),
        .opened = common.opened,
        .closed = common.closed,
        .refused = common.turnstile->refused()
    };
}

}  // namespace luster::pg
