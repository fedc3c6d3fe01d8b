// One libpq connection on one loop, driven by whoever holds it; not for features.
#pragma once

#include "io/loop/timer.h"
#include "io/pg/error.h"
#include "io/pg/query.h"
#include "io/pg/server.h"

#include <boost/asio/posix/basic_stream_descriptor.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

struct pg_conn;
struct pgNotify;

namespace luster::pg {

struct ConnectionOptions {
    bool read_only = false;
    std::chrono::milliseconds statement_ms_max{0};  // 0: none
    std::chrono::milliseconds connect_ms_max{5000};
};

// What became of one statement of a batch.
struct Outcome {
    enum State {
        answered,
        failed,   // `error` is its own
        aborted,  // an earlier one of its batch failed; it did not run
        lost,     // the connection broke before its answer
    };
    State state = lost;
    Answer answer;
    std::optional<Error> error;
};

class Connection : public std::enable_shared_from_this<Connection> {
public:
    static Task<std::shared_ptr<Connection>> open(
        const Servers& servers, const Address& address, ConnectionOptions options
    );
    Connection(const Connection&) = delete;
    ~Connection();

    // Sends all with one Sync (or one after each), reads everything up to the last Sync. `opening`,
    // where it is given, is SQL text that goes first in the same batch.
    Task<std::vector<Outcome>> exchange(
        std::span<const Bound* const> batch, bool sync_each = false, const char* opening = nullptr
    );
    // Text without parameters, outside the pipeline; the answers of all its statements.
    Task<std::vector<Answer>> execute(const std::string& sql);

    // Open, clean and in nobody's hands. Looks whether the server has closed it meanwhile.
    bool reusable();
    bool usable() const { return connection_ && !broken_ && !busy_; }
    bool in_transaction() const;
    // Waits end at this point in time with TimedOut, and the connection is of no more use.
    void set_deadline(std::chrono::milliseconds from_now);
    void clear_deadline();
    // Wakes whoever waits on it; from its own loop.
    void close();

    // For COPY and LISTEN, whose conversations are their own.
    pg_conn* raw() { return connection_; }
    void leave_pipeline();
    Task<void> wait_readable();
    Task<void> consume();  // waits for input and takes it in
    Task<void> flush();
    void mark_busy(bool busy) { busy_ = busy; }
    Error last_error() const;

private:
    using Socket = boost::asio::posix::basic_stream_descriptor<Executor>;

    Connection(Executor executor, pg_conn* connection);
    static Task<std::shared_ptr<Connection>> open_now(
        const Servers& servers, const Address& address, ConnectionOptions options
    );
    Task<std::vector<Outcome>> exchange_now(
        std::span<const Bound* const> batch, bool sync_each, const char* opening
    );
    Task<std::vector<Answer>> execute_now(const std::string& sql);
    void break_off();
    Task<void> connect(std::chrono::milliseconds limit);
    void adopt_socket();
    Task<void> wait(bool for_writing);
    Task<void> wait_either();
    [[noreturn]] void fail();
    void send(const Bound& bound, std::vector<bool>& preparing);
    Task<pg_result*> next_result();
    Task<Outcome> take_outcome();
    Outcome outcome_now();
    Task<void> take_sync();
    Task<void> read_batch(
        std::span<const Bound* const> batch,
        const std::vector<bool>& preparing,
        bool sync_each,
        const char* opening,
        std::vector<Outcome>& outcomes
    );

    pg_conn* connection_;
    std::optional<Socket> socket_;
    Executor executor_;
    Timer deadline_;
    std::uint64_t deadline_number_ = 0;
    std::vector<bool> prepared_;       // by the statement's number
    std::vector<const char*> values_;  // of the statement that is being sent
    std::vector<int> formats_;
    bool timed_out_ = false;
    bool broken_ = false;
    bool busy_ = false;  // an exchange began and did not end: cancelled, failed
};

Error error_of(const pg_result* result);
// The SQLSTATE that libpq hides in the words of a refused connection.
std::string sqlstate_in(std::string_view message);

}  // namespace luster::pg
