#include "io/pg/listener.h"

#include "io/loop/loops.h"
#include "io/pg/connection.h"
#include "io/pg/session.h"

#include <boost/asio/dispatch.hpp>
#include <libpq-fe.h>

#include <algorithm>
#include <map>

namespace luster::pg {
namespace {

constexpr std::chrono::milliseconds back_off_ms_min{50};
constexpr std::chrono::milliseconds back_off_ms_max{2000};
constexpr std::size_t payload_bytes_max = 7900;  // PostgreSQL's limit is 8,000

const ControlQuery<void(std::string_view, std::string_view)> notify{
    "pg.notify", "SELECT pg_notify($1, $2)"
};

}  // namespace

Listener::Listener(
    const Servers& servers, Address address, std::vector<std::string> channels, Hears hears
)
    : servers_(servers),
      address_(std::move(address)),
      channels_(std::move(channels)),
      hears_(std::move(hears)) {}

Listener::~Listener() {
    stop();
}

void Listener::stop() {
    stopped_ = true;
    stopping_.notify_all();
    if (connection_) connection_->close();
}

Task<void> Listener::run() {
    auto back_off = back_off_ms_min;
    while (!stopped_) {
        try {
            co_await listen_once();
        } catch (const Error& error) {
            // What is broken shows in `lost`; the next attempt tells whether it still is.
            tell(error);
        }
        connection_.reset();
        if (std::exchange(connected_, false)) {
            back_off = back_off_ms_min;
            if (hears_.lost) hears_.lost();
        }
        if (stopped_) break;
        co_await stopping_.wait_for(back_off);
        back_off = std::min(back_off * 2, back_off_ms_max);
    }
}

void Listener::tell(const Error& error) {
    if (error.connection_lost() || told_ == error.what() || !hears_.refused) return;
    told_ = error.what();
    hears_.refused(told_);
}

Task<void> Listener::listen_once() {
    connection_ = co_await Connection::open(servers_, address_, {});
    auto connection = connection_;
    for (const auto& channel : channels_) {
        co_await connection->execute("LISTEN " + identifier(channel));
    }
    if (stopped_) co_return;
    connected_ = true;
    told_.clear();
    if (hears_.back) hears_.back();
    while (!stopped_) {
        while (auto* notice = PQnotifies(connection->raw())) {
            std::string channel = notice->relname, payload = notice->extra;
            PQfreemem(notice);
            if (hears_.notified) hears_.notified(channel, payload);
            if (stopped_) co_return;
        }
        co_await connection->consume();
    }
}

struct Notifier::State : std::enable_shared_from_this<State> {
    explicit State(ControlDb& control) : control(control) {}

    // Takes as many items as fit; the rest has its turn next.
    static std::string payload(std::vector<std::string>& items) {
        std::string text;
        std::size_t taken = 0;
        for (; taken < items.size(); ++taken) {
            if (!text.empty() && text.size() + items[taken].size() >= payload_bytes_max) break;
            if (!text.empty()) text += ' ';
            text += items[taken];
        }
        items.erase(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(taken));
        return text;
    }

    Task<void> send() {
        auto self = shared_from_this();
        co_await next_turn();
        while (!waiting.empty()) {
            auto now = std::exchange(waiting, {});
            try {
                auto tx = co_await control.begin();
                co_await tx.execute("SET LOCAL synchronous_commit = off");
                for (auto& [channel, items] : now) {
                    while (!items.empty()) co_await tx.run(notify, channel, payload(items));
                }
                co_await tx.commit();
            } catch (const Error&) {
                // A hint was lost; who listens reads afresh when its own connection is back.
            }
        }
        sending = false;
        idle.notify_all();
    }

    Task<void> sent() {
        auto self = shared_from_this();
        co_await next_turn();  // what was told from another loop is on its way here
        while (sending) co_await idle.wait();
    }

    ControlDb& control;
    std::map<std::string, std::vector<std::string>> waiting;
    bool sending = false;
    Event idle;
};

Notifier::Notifier(ControlDb& control, Executor executor)
    : state_(std::make_shared<State>(control)), executor_(executor) {}
Notifier::~Notifier() = default;

void Notifier::tell(std::string channel, std::string item) {
    boost::asio::dispatch(
        executor_,
        [state = state_,
         executor = executor_,
         channel = std::move(channel),
         item = std::move(item)] {
            auto& items = state->waiting[channel];
            if (std::ranges::find(items, item) == items.end()) items.push_back(item);
            if (std::exchange(state->sending, true)) return;
            spawn(executor, "pg.notify", state->send());
        }
    );
}

Task<void> Notifier::sent() {
    return on(executor_, state_->sent());
}

}  // namespace luster::pg
