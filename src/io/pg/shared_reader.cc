#include "io/pg/shared_reader.h"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/async_result.hpp>

namespace luster::pg {

namespace asio = boost::asio;

struct SharedReader::Waiter {
    Bound bound;
    std::move_only_function<void(std::exception_ptr, Answer)> handler;
    TimerClock::time_point deadline;
    int repeats = 0;         // 1: again in one batch, 2: alone
    bool sent_once = false;  // the connection broke under it; it is asked once more

    bool done() const { return !handler; }
    void answer(Answer answer) { finish(nullptr, std::move(answer)); }
    void fail(const std::exception_ptr& fault) { finish(fault, Answer()); }

private:
    // Who has left has no handler any more; an answer for them is dropped here.
    void finish(const std::exception_ptr& fault, Answer answer) {
        if (handler) std::exchange(handler, nullptr)(fault, std::move(answer));
    }
};

SharedReader::SharedReader(std::weak_ptr<Database> database, Executor executor, AddressPtr address)
    : database_(std::move(database)),
      executor_(executor),
      address_(std::move(address)),
      watch_(executor) {}

Task<Answer> SharedReader::ask(std::shared_ptr<SharedReader> self, Bound bound) {
    auto waiter = std::make_shared<Waiter>();
    waiter->bound = std::move(bound);
    auto start = [&]<class Handler>(Handler&& handler) {
        auto slot = asio::get_associated_cancellation_slot(handler);
        if (slot.is_connected()) {
            slot.assign([weak = std::weak_ptr(waiter)](asio::cancellation_type) {
                auto waiter = weak.lock();
                if (!waiter) return;
                auto gone = boost::system::error_code(asio::error::operation_aborted);
                waiter->fail(std::make_exception_ptr(boost::system::system_error(gone)));
            });
        }
        waiter->handler = std::forward<Handler>(handler);
        self->enter(waiter);
    };
    asio::use_awaitable_t<Executor> token;
    co_return co_await asio::async_initiate<decltype(token), void(std::exception_ptr, Answer)>(
        start, token
    );
}

void SharedReader::enter(WaiterPtr waiter) {
    auto database = database_.lock();
    const auto& limits = database->home().common()->limits;
    waiter->deadline = TimerClock::now() + limits.read_ms_max;
    while (!line_.empty() && line_.front()->done()) line_.pop_front();
    line_.push_back(waiter);
    queue_.push_back(std::move(waiter));
    watch();
    if (std::exchange(driving_, true)) return;
    spawn(executor_, "pg.shared_reader", drive());
}

// Runs while there is something to ask; at rest nothing is suspended here.
Task<void> SharedReader::drive() {
    auto self = shared_from_this();
    std::exception_ptr fault;
    try {
        co_await drive_connected();
    } catch (...) {  // no connection, mostly: whoever waits hears why
        fault = std::current_exception();
    }
    driving_ = false;
    if (fault) fail_all(fault);
    auto database = database_.lock();
    if (held_ && database && !closed_) database->home().idle(held_);
}

Task<void> SharedReader::drive_connected() {
    while (!queue_.empty()) {
        co_await next_turn();  // whoever asks in this turn comes along
        if (queue_.empty()) break;
        co_await ready();
        auto batch = next_batch();
        if (batch.empty()) continue;
        bool each_alone = batch.front()->repeats > 1;
        co_await run_batch(std::move(batch), each_alone);
    }
}

Task<void> SharedReader::ready() {
    auto database = database_.lock();
    if (!database || closed_) throw Error("", "the connection was closed");
    auto& home = database->home();
    if (held_) home.take(held_);
    if (held_ && held_->connection->reusable()) co_return;
    let_go();
    const auto& limits = home.common()->limits;
    held_ = co_await database->open(
        address_, {.read_only = true, .statement_ms_max = limits.statement_ms_max}
    );
    if (closed_) {
        let_go();
        throw Error("", "the connection was closed");
    }
}

// Repeated ones are not mixed with others: an error among strangers must not abort them again.
std::vector<SharedReader::WaiterPtr> SharedReader::next_batch() {
    std::vector<WaiterPtr> batch;
    while (!queue_.empty() && batch.size() < batch_max) {
        auto& next = queue_.front();
        if (!next->done()) {
            if (!batch.empty() && batch.front()->repeats != next->repeats) break;
            batch.push_back(next);
        }
        queue_.pop_front();
    }
    return batch;
}

Task<void> SharedReader::run_batch(std::vector<WaiterPtr> batch, bool each_alone) {
    std::vector<const Bound*> bounds;
    for (const auto& waiter : batch) bounds.push_back(&waiter->bound);
    auto database = database_.lock();
    const auto& limits = database->home().common()->limits;
    auto held = held_;
    // The server limits each statement; this limit is for a server that has gone silent.
    held->connection->set_deadline(
        limits.read_ms_max + limits.statement_ms_max * static_cast<int>(batch.size())
    );
    auto outcomes = co_await held->connection->exchange(bounds, each_alone);
    held->connection->clear_deadline();
    settle(batch, outcomes);
}

void SharedReader::settle(std::vector<WaiterPtr>& batch, std::vector<Outcome>& outcomes) {
    bool useless = !held_ || !held_->connection->usable() || held_->connection->in_transaction();
    for (auto& outcome : outcomes) {
        if (outcome.state != Outcome::failed) continue;
        const auto& state = outcome.error->sqlstate();
        // Nobody's fault: the server is being stopped, or a migration has changed a table under a
        // prepared statement ("cached plan must not change result type").
        bool once_more = state.starts_with("57P") || state == "0A000";
        if (once_more) outcome.state = Outcome::lost;
        useless |= once_more || outcome.error->connection_lost();
    }
    if (useless) let_go();
    std::vector<WaiterPtr> again;
    for (std::size_t i = 0; i < batch.size(); ++i) {
        auto& waiter = *batch[i];
        auto& outcome = outcomes[i];
        if (waiter.done()) continue;
        bool first_loss =
            outcome.state == Outcome::lost && !closed_ && !std::exchange(waiter.sent_once, true);
        if (outcome.state == Outcome::aborted) ++waiter.repeats;
        if (outcome.state == Outcome::aborted || first_loss) again.push_back(batch[i]);
    }
    queue_.insert(queue_.begin(), again.begin(), again.end());
    // Last: a waiter goes on at once, and may do anything.
    for (std::size_t i = 0; i < batch.size(); ++i) {
        auto& outcome = outcomes[i];
        if (std::ranges::find(again, batch[i]) != again.end()) continue;
        if (outcome.state == Outcome::answered) {
            batch[i]->answer(std::move(outcome.answer));
        } else {
            auto error = outcome.error.value_or(Error("", "the connection broke"));
            batch[i]->fail(std::make_exception_ptr(std::move(error)));
        }
    }
}

void SharedReader::let_go() {
    auto held = std::exchange(held_, nullptr);
    if (!held) return;
    if (auto database = database_.lock()) database->home().take(held);
    held->connection->close();
}

void SharedReader::fail_all(const std::exception_ptr& fault) {
    let_go();
    queue_.clear();
    for (auto& waiter : std::exchange(line_, {})) waiter->fail(fault);
}

void SharedReader::close() {
    closed_ = true;
    auto self = shared_from_this();
    fail_all(std::make_exception_ptr(Error("", "the connection was closed")));
    watch_.cancel();
}

// A waiter's coroutine holds this reader, which holds the waiter.
void SharedReader::abandon() {
    closed_ = true;
    auto self = shared_from_this();
    auto queue = std::exchange(queue_, {});
    auto line = std::exchange(line_, {});
    held_.reset();
}

void SharedReader::dropped(const std::shared_ptr<Held>& held) {
    if (held_ == held) held_.reset();
}

void SharedReader::watch() {
    if (watching_) return;
    watching_ = true;
    watch_.expires_at(line_.front()->deadline);
    watch_.async_wait([weak = weak_from_this()](boost::system::error_code error) {
        auto self = weak.lock();
        if (error || !self) return;
        self->watching_ = false;
        self->expire();
    });
}

void SharedReader::expire() {
    auto now = TimerClock::now();
    auto fault = std::make_exception_ptr(TimedOut("PostgreSQL did not answer in time"));
    std::vector<WaiterPtr> late;
    while (!line_.empty() && (line_.front()->done() || line_.front()->deadline <= now)) {
        late.push_back(std::move(line_.front()));
        line_.pop_front();
    }
    if (!line_.empty()) watch();
    for (auto& waiter : late) waiter->fail(fault);
}

}  // namespace luster::pg
