#include "io/pg/lock.h"

#include "io/loop/loops.h"
#include "io/pg/connection.h"

#include <fmt/format.h>

namespace luster::pg {

// The connection is asked one thing at a time.
struct Lock::Turn {
    explicit Turn(Lock& lock) : lock(lock) { lock.busy_ = true; }
    ~Turn() {
        lock.busy_ = false;
        lock.free_.notify_all();
    }
    Lock& lock;
};

Lock::Lock(const Servers& servers, Address address)
    : servers_(servers), address_(std::move(address)) {}

Lock::~Lock() {
    ++*life_;
    if (connection_) connection_->close();
}

Task<void> Lock::ready() {
    if (connection_ && connection_->reusable()) co_return;
    lose();
    connection_ = co_await Connection::open(servers_, address_, {});
}

Task<bool> Lock::ask(std::string sql) {
    co_await ready();
    auto connection = connection_;
    connection->set_deadline(std::chrono::seconds(5));
    try {
        auto answers = co_await connection->execute(sql);
        connection->clear_deadline();
        co_return answers.at(0).cell(0, 0) == "t";
    } catch (const Error& error) {
        if (error.connection_lost()) lose();
        throw;
    }
}

Task<bool> Lock::try_lock(std::int64_t key) {
    while (busy_) co_await free_.wait();
    Turn turn(*this);
    if (held_.contains(key)) co_return false;  // another pass of this process has it
    // Once more on a new connection: the old one may have died at rest.
    auto sql = fmt::format("SELECT pg_try_advisory_lock({})", key);
    std::optional<bool> got;
    try {
        got = co_await ask(sql);
    } catch (const Error& error) {
        if (!error.connection_lost()) throw;
    }
    if (!got) got = co_await ask(sql);
    if (!*got) co_return false;
    held_.insert(key);
    if (!std::exchange(watching_, true)) {
        spawn(co_await boost::asio::this_coro::executor, "pg.lock", watch(life_, connection_));
    }
    co_return true;
}

Task<void> Lock::unlock(std::int64_t key) {
    while (busy_) co_await free_.wait();
    if (held_.erase(key) == 0) co_return;  // lost meanwhile, with its connection
    Turn turn(*this);
    co_await ask(fmt::format("SELECT pg_advisory_unlock({})", key));
}

void Lock::lose() {
    if (connection_) connection_->close();
    connection_.reset();
    ++*life_;
    watching_ = false;
    if (std::exchange(held_, {}).empty()) return;
    if (lost_) lost_();
}

// Whoever holds a lock learns at once that the connection broke, without asking anything.
Task<void> Lock::watch(
    std::shared_ptr<const std::uint64_t> life, std::shared_ptr<Connection> connection
) {
    const auto number = *life;
    while (!held_.empty()) {
        bool sound = true;
        try {
            co_await connection->wait_readable();
            // In the middle of a question what arrives is its answer.
            while (*life == number && busy_) co_await sleep(std::chrono::milliseconds(10));
        } catch (const Error&) {
            sound = false;
        }
        if (*life != number) co_return;
        if (!sound || !connection->reusable()) co_return lose();
    }
    watching_ = false;
}

}  // namespace luster::pg
