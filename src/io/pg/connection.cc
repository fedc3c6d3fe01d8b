#include "io/pg/connection.h"

#include "io/loop/loops.h"
#include "io/loop/turns.h"
#include "io/pg/conninfo.h"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/redirect_error.hpp>
#include <fmt/format.h>
#include <libpq-fe.h>

#include <sys/socket.h>
#include <unistd.h>

namespace luster::pg {
namespace {

namespace asio = boost::asio;

// A signal of libpq's own notices ("there is no transaction in progress") would go to standard
// error.
void ignore_notice(void*, const char*) {}

std::string server_options(const ConnectionOptions& options) {
    // A lost client is noticed while its statement runs; nothing that we ask is worth a compiler.
    std::string text = "-c client_connection_check_interval=2000 -c jit=off -c timezone=UTC";
    text += fmt::format(" -c statement_timeout={}", options.statement_ms_max.count());
    if (options.read_only) text += " -c default_transaction_read_only=on";
    return text;
}

PGconn* start(const Servers& servers, const Address& address, const ConnectionOptions& options) {
    auto parameters = parse_conninfo(servers.conninfo(address.server));
    parameters["dbname"] = address.database;
    parameters["user"] = address.role;
    parameters["options"] = server_options(options);
    parameters["client_encoding"] = "UTF8";
    parameters["application_name"] = "luster";
    parameters["gssencmode"] = "disable";
    // Never the caller's ~/.pgpass: no password means no password.
    parameters["passfile"] = "/dev/null/none";
    std::string password(address.password.reveal());
    if (!password.empty()) parameters["password"] = password;
    std::vector<const char*> keywords, values;
    for (const auto& [keyword, value] : parameters) {
        keywords.push_back(keyword.c_str());
        values.push_back(value.c_str());
    }
    keywords.push_back(nullptr);
    values.push_back(nullptr);
    return PQconnectStartParams(keywords.data(), values.data(), 0);
}

// What a simulated run calls an exchange: its statements' names, or the first words of its text.
std::string name_of(std::span<const Bound* const> batch, const char* opening) {
    std::string name = opening ? "BEGIN" : "";
    for (const auto* bound : batch)
        name.append(name.empty() ? "" : " ").append(bound->statement->name());
    return name;
}

std::string first_words(std::string_view sql) {
    std::size_t end = 0;
    for (int word = 0; word < 3 && end != std::string_view::npos; ++word)
        end = sql.find(' ', end + 1);
    return std::string(sql.substr(0, std::min<std::size_t>(end, 60)));
}

Error lost_answer() {
    return Error("", "the connection broke before its answer");
}

std::string trimmed(const char* message) {
    std::string text = message ? message : "";
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
    return text;
}

std::string field(const PGresult* result, int code) {
    const char* value = PQresultErrorField(result, code);
    return value ? value : "";
}

}  // namespace

Error error_of(const pg_result* result) {
    auto sentence = field(result, PG_DIAG_MESSAGE_PRIMARY);
    if (sentence.empty()) sentence = trimmed(PQresultErrorMessage(result));
    return Error(
        field(result, PG_DIAG_SQLSTATE), std::move(sentence), field(result, PG_DIAG_CONSTRAINT_NAME)
    );
}

std::string sqlstate_in(std::string_view message) {
    constexpr std::string_view mark = "FATAL:  ";
    auto at = message.find(mark);
    if (at == std::string_view::npos) return {};
    auto state = message.substr(at + mark.size(), 6);
    if (state.size() < 6 || state[5] != ':') return {};
    return std::string(state.substr(0, 5));
}

Connection::Connection(Executor executor, pg_conn* connection)
    : connection_(connection), executor_(executor), deadline_(executor) {}

Connection::~Connection() {
    close();
}

Task<std::shared_ptr<Connection>> Connection::open(
    const Servers& servers, const Address& address, ConnectionOptions options
) {
    auto work = open_now(servers, address, options);
    if (!turns::scheduler) return work;
    auto refused = []() -> std::shared_ptr<Connection> { throw Error("", "the server is away"); };
    return turns::take("connect to " + address.database, std::move(work), refused, refused);
}

Task<std::shared_ptr<Connection>> Connection::open_now(
    const Servers& servers, const Address& address, ConnectionOptions options
) {
    auto executor = co_await asio::this_coro::executor;
    auto* started = start(servers, address, options);
    if (!started) throw Error("", "out of memory");
    std::shared_ptr<Connection> connection(new Connection(executor, started));
    if (PQstatus(started) == CONNECTION_BAD) throw connection->last_error();
    // Between start and the first poll: else a refusal's SQLSTATE is not in its message.
    PQsetErrorVerbosity(started, PQERRORS_VERBOSE);
    PQsetNoticeProcessor(started, &ignore_notice, nullptr);
    co_await connection->connect(options.connect_ms_max);
    co_return connection;
}

Task<void> Connection::connect(std::chrono::milliseconds limit) {
    set_deadline(limit);
    bool writing = true;
    while (true) {
        adopt_socket();  // libpq may have opened another one under the same number
        co_await wait(writing);
        socket_.reset();
        auto state = PQconnectPoll(connection_);
        if (state == PGRES_POLLING_OK) break;
        if (state == PGRES_POLLING_FAILED) throw last_error();
        writing = state == PGRES_POLLING_WRITING;
    }
    clear_deadline();
    adopt_socket();
    if (PQsetnonblocking(connection_, 1) != 0) fail();
}

// libpq owns its socket, and Asio the descriptor that it waits on.
void Connection::adopt_socket() {
    socket_.reset();
    int copy = ::dup(PQsocket(connection_));
    if (copy < 0) throw Error("", "no descriptor is left for a connection");
    socket_.emplace(executor_, copy);
}

Error Connection::last_error() const {
    auto message = trimmed(PQerrorMessage(connection_));
    return Error(sqlstate_in(message), message);
}

void Connection::fail() {
    broken_ = true;
    if (timed_out_) throw TimedOut("PostgreSQL did not answer in time");
    if (!connection_) throw Error("", "the connection was closed");
    throw last_error();
}

Task<void> Connection::wait(bool for_writing) {
    if (timed_out_ || !socket_) fail();
    auto self = shared_from_this();
    boost::system::error_code error;
    co_await socket_->async_wait(
        for_writing ? Socket::wait_write : Socket::wait_read,
        asio::redirect_error(asio::use_awaitable_t<Executor>(), error)
    );
    if (timed_out_ || !socket_) fail();
    if (error) throw boost::system::system_error(error);  // the coroutine was cancelled
}

// Both directions: a server that waits for us to read its answers does not read our questions.
Task<void> Connection::wait_either() {
    using namespace boost::asio::experimental::awaitable_operators;
    try {
        co_await (wait(false) || wait(true));
    } catch (const asio::multiple_exceptions& both) {
        std::rethrow_exception(both.first_exception());
    }
}

Task<void> Connection::wait_readable() {
    return wait(false);
}

Task<void> Connection::consume() {
    co_await wait(false);
    if (!PQconsumeInput(connection_)) fail();
}

Task<void> Connection::flush() {
    while (true) {
        int left = PQflush(connection_);
        if (left == 0) co_return;
        if (left < 0) fail();
        co_await wait_either();
        if (!PQconsumeInput(connection_)) fail();
    }
}

void Connection::set_deadline(std::chrono::milliseconds from_now) {
    deadline_.expires_after(from_now);
    deadline_.async_wait([weak = weak_from_this(),
                          number = ++deadline_number_](boost::system::error_code error) {
        auto self = weak.lock();
        if (error || !self || self->deadline_number_ != number) return;
        self->timed_out_ = true;
        if (self->socket_) self->socket_->cancel();
    });
}

void Connection::clear_deadline() {
    ++deadline_number_;
    deadline_.cancel();
}

void Connection::close() {
    clear_deadline();
    socket_.reset();  // before PQfinish: the two share one open file
    if (connection_) PQfinish(connection_);
    connection_ = nullptr;
}

bool Connection::reusable() {
    if (!usable() || PQtransactionStatus(connection_) != PQTRANS_IDLE) return false;
    // At rest a server sends only farewells: words first, then the end, which a second look finds.
    pollfd now{PQsocket(connection_), POLLIN, 0};
    if (::poll(&now, 1, 0) == 0) return true;
    if (PQconsumeInput(connection_) && !PQisBusy(connection_) && PQconsumeInput(connection_) &&
        PQstatus(connection_) == CONNECTION_OK) {
        return true;
    }
    broken_ = true;
    return false;
}

// As when the way to the server is cut: what is asked next fails, and the server sees us gone.
void Connection::break_off() {
    if (connection_) ::shutdown(PQsocket(connection_), SHUT_RDWR);
    broken_ = true;
}

bool Connection::in_transaction() const {
    return connection_ && PQtransactionStatus(connection_) != PQTRANS_IDLE;
}

void Connection::leave_pipeline() {
    if (PQpipelineStatus(connection_) != PQ_PIPELINE_OFF && !PQexitPipelineMode(connection_))
        fail();
}

void Connection::send(const Bound& bound, std::vector<bool>& preparing) {
    const auto& statement = *bound.statement;
    // Statements are numbered densely, so the number is as good a name as any; it has a fixed size.
    std::array<char, 24> name{};
    fmt::format_to_n(name.data(), name.size() - 1, "s{}", statement.number());
    if (prepared_.size() <= statement.number()) prepared_.resize(statement.number() + 1);
    bool prepare = !prepared_[statement.number()];
    preparing.push_back(prepare);
    if (prepare) {
        std::string sql(statement.sql());
        if (!PQsendPrepare(connection_, name.data(), sql.c_str(), 0, nullptr)) fail();
        prepared_[statement.number()] = true;  // taken back if it turns out otherwise
    }
    auto count = bound.lengths.size();
    values_.assign(count, nullptr);
    formats_.assign(count, 1);
    const char* at = bound.bytes.data();
    for (std::size_t i = 0; i < count; ++i) {
        if (bound.lengths[i] < 0) continue;
        values_[i] = at;
        at += bound.lengths[i];
    }
    if (!PQsendQueryPrepared(
            connection_,
            name.data(),
            static_cast<int>(count),
            values_.data(),
            bound.lengths.data(),
            formats_.data(),
            1
        )) {
        fail();
    }
}

Task<std::vector<Outcome>> Connection::exchange(
    std::span<const Bound* const> batch, bool sync_each, const char* opening
) {
    auto work = exchange_now(batch, sync_each, opening);
    if (!turns::scheduler) return work;
    auto nothing = [this, count = batch.size()] {
        break_off();
        if (count == 0) throw lost_answer();
        std::vector<Outcome> outcomes(count);
        for (auto& outcome : outcomes) outcome.error = lost_answer();
        return outcomes;
    };
    return turns::take(name_of(batch, opening), std::move(work), [this] { break_off(); }, nothing);
}

Task<std::vector<Outcome>> Connection::exchange_now(
    std::span<const Bound* const> batch, bool sync_each, const char* opening
) {
    std::vector<Outcome> outcomes(batch.size());
    std::vector<bool> preparing;
    busy_ = true;
    try {
        if (!connection_) fail();
        if (PQpipelineStatus(connection_) == PQ_PIPELINE_OFF) PQenterPipelineMode(connection_);
        if (opening &&
            !PQsendQueryParams(connection_, opening, 0, nullptr, nullptr, nullptr, nullptr, 1)) {
            fail();
        }
        for (std::size_t i = 0; i < batch.size(); ++i) {
            send(*batch[i], preparing);
            bool last = i + 1 == batch.size();
            if ((sync_each || last) && !PQpipelineSync(connection_)) fail();
        }
        if (batch.empty() && !PQpipelineSync(connection_)) fail();
        co_await flush();
        co_await read_batch(batch, preparing, sync_each, opening, outcomes);
        busy_ = false;
    } catch (const Error& error) {
        broken_ = true;
        for (auto& outcome : outcomes) {
            if (outcome.state == Outcome::lost) outcome.error = error;
        }
        if (batch.empty()) throw;
    }
    co_return outcomes;
}

Task<void> Connection::read_batch(
    std::span<const Bound* const> batch,
    const std::vector<bool>& preparing,
    bool sync_each,
    const char* opening,
    std::vector<Outcome>& outcomes
) {
    if (opening) {
        auto outcome = co_await take_outcome();
        if (outcome.error && batch.empty()) {
            co_await take_sync();
            throw *outcome.error;
        }
        if (outcome.error) {  // the others are aborted, and the first one tells why
            outcomes[0] = std::move(outcome);
        }
    }
    for (std::size_t i = 0; i < batch.size(); ++i) {
        if (preparing[i]) {
            auto prepared = co_await take_outcome();
            if (prepared.state != Outcome::answered) {
                prepared_[batch[i]->statement->number()] = false;
                if (outcomes[i].state != Outcome::failed) outcomes[i] = std::move(prepared);
            }
        }
        while (PQisBusy(connection_)) co_await consume();
        auto outcome = outcome_now();
        if (outcomes[i].state != Outcome::failed) outcomes[i] = std::move(outcome);
        if (sync_each && i + 1 < batch.size()) co_await take_sync();
    }
    co_await take_sync();
}

Task<pg_result*> Connection::next_result() {
    while (PQisBusy(connection_)) co_await consume();
    co_return PQgetResult(connection_);
}

Task<Outcome> Connection::take_outcome() {
    while (PQisBusy(connection_)) co_await consume();
    co_return outcome_now();
}

// One statement's answer and the end of it, once it is there.
Outcome Connection::outcome_now() {
    Outcome outcome;
    auto* result = PQgetResult(connection_);
    if (!result) fail();
    outcome.answer = Answer(result);
    switch (PQresultStatus(result)) {
        case PGRES_TUPLES_OK:
        case PGRES_COMMAND_OK:
            outcome.state = Outcome::answered;
            break;
        case PGRES_PIPELINE_ABORTED:
            outcome.state = Outcome::aborted;
            break;
        default:
            if (PQstatus(connection_) != CONNECTION_OK) fail();
            outcome.state = Outcome::failed;
            outcome.error = error_of(result);
    }
    // In a pipeline the end comes with the answer; asking for more would wait.
    if (PQisBusy(connection_)) fail();
    if (auto* end = PQgetResult(connection_)) {
        PQclear(end);
        fail();
    }
    return outcome;
}

Task<void> Connection::take_sync() {
    Answer sync(co_await next_result());
    if (!sync || PQresultStatus(sync.get()) != PGRES_PIPELINE_SYNC) fail();
}

Task<std::vector<Answer>> Connection::execute(const std::string& sql) {
    auto work = execute_now(sql);
    if (!turns::scheduler) return work;
    auto nothing = [this]() -> std::vector<Answer> {
        break_off();
        throw lost_answer();
    };
    return turns::take(first_words(sql), std::move(work), [this] { break_off(); }, nothing);
}

Task<std::vector<Answer>> Connection::execute_now(const std::string& sql) {
    busy_ = true;
    if (!connection_) fail();
    leave_pipeline();
    if (!PQsendQuery(connection_, sql.c_str())) fail();
    co_await flush();
    std::vector<Answer> answers;
    std::optional<Error> error;
    while (auto* result = co_await next_result()) {
        answers.emplace_back(result);
        auto status = PQresultStatus(result);
        if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT) {
            fail();
        }
        if (status == PGRES_FATAL_ERROR && !error) error = error_of(result);
    }
    if (PQstatus(connection_) != CONNECTION_OK) broken_ = true;
    busy_ = false;
    if (error) throw *error;
    co_return answers;
}

}  // namespace luster::pg
