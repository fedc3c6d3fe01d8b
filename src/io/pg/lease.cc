#include "io/pg/lease.h"

#include <libpq-fe.h>

#include <cstring>

namespace luster::pg {
namespace {

constexpr const char* begin_command = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";

// One question at a time; an exception leaves the flag down, too.
struct Asking {
    explicit Asking(bool& asking) : asking(asking) {
        LUSTER_ASSERT(!asking);
        asking = true;
    }
    ~Asking() { asking = false; }
    bool& asking;
};

}  // namespace

Lease::Lease(std::shared_ptr<Database> database, Place own, std::shared_ptr<Held> held)
    : database_(std::move(database)),
      executor_(database_->home().executor()),
      own_(std::move(own)),
      held_(std::move(held)) {
    held_->connection->set_deadline(database_->home().common()->limits.transaction_ms_max);
}

void Lease::must_be_sound() const {
    if (finished_) throw Error("", "the transaction has ended");
    if (failed_) throw Error("25P02", "the transaction has failed");
}

// BEGIN travels with the first statement: one round trip less.
Task<Answer> Lease::ask(Bound bound) {
    must_be_sound();
    Asking asking(asking_);
    auto self = shared_from_this();
    failed_ = true;  // until it is known to have gone well
    const Bound* batch[] = {&bound};
    auto outcomes = co_await held_->connection->exchange(
        batch, false, std::exchange(begun_, true) ? nullptr : begin_command
    );
    auto& outcome = outcomes[0];
    if (outcome.state != Outcome::answered) {
        throw outcome.error.value_or(Error("", "the statement did not run"));
    }
    failed_ = false;
    co_return std::move(outcome.answer);
}

Task<void> Lease::execute(std::string sql) {
    must_be_sound();
    Asking asking(asking_);
    auto self = shared_from_this();
    failed_ = true;
    if (!std::exchange(begun_, true)) co_await held_->connection->execute(begin_command);
    co_await held_->connection->execute(sql);
    failed_ = !held_->connection->in_transaction();  // text may end a transaction, and must not
    if (failed_) throw Error("", "SQL text has ended its transaction");
}

Task<void> Lease::finish(const char* command) {
    must_be_sound();
    auto self = shared_from_this();
    if (begun_) {
        Asking asking(asking_);
        failed_ = true;
        auto answers = co_await held_->connection->execute(command);
        if (answers.empty() || std::strcmp(PQcmdStatus(answers[0].get()), command) != 0) {
            throw Error("25P02", "the transaction was rolled back");
        }
        failed_ = false;
    }
    finished_ = true;
    release(true);
}

Task<void> Lease::commit() {
    return finish("COMMIT");
}
Task<void> Lease::rollback() {
    return finish("ROLLBACK");
}

void Lease::end() {
    if (!held_) return;
    if (failed_ || !held_->connection->usable()) return release(false);
    if (!begun_) return release(true);
    spawn(executor_, "pg.rollback", roll_back_and_end());
}

Task<void> Lease::roll_back_and_end() {
    auto self = shared_from_this();
    try {
        co_await rollback();
    } catch (const Error&) {
        release(false);  // closing rolls back as well
    }
}

void Lease::release(bool clean) {
    auto held = std::exchange(held_, nullptr);
    if (!held) return;
    held->connection->clear_deadline();
    if (clean) {
        database_->give_back(std::move(held));
    } else {
        held->connection->close();
    }
    own_ = Place();
}

}  // namespace luster::pg
