// Sending mail. The real one speaks SMTP through libcurl on a thread of its own pool; the simulated
// one keeps what it was given.
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "io/loop/task.h"
#include "io/loop/work_pool.h"
#include "io/smtp/message.h"

#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace luster::smtp {

// The mail did not leave. `permanent`: the server refused it (5xx) and would again.
class NotSent : public Fault {
public:
    NotSent(std::string why, bool permanent) : Fault(std::move(why)), permanent_(permanent) {}
    bool permanent() const { return permanent_; }

private:
    bool permanent_;
};

class Smtp {
public:
    virtual ~Smtp() = default;
    virtual Task<void> send(Mail message) = 0;
};

enum class Security {
    none,      // plain: a catcher on this machine, a relay in a private network
    starttls,  // on port 587; refused where the server can't
    tls,       // from the first byte, on port 465
};

struct Settings {
    std::string host{};
    std::uint16_t port = 587;
    Security security = Security::starttls;
    std::string user{};  // empty: no AUTH
    Secret password{};
    std::string hello{};  // our own name; empty: the machine's
    std::chrono::seconds connect_max{10};
    std::chrono::seconds send_max{60};
};

// "smtp://127.0.0.1:1025", "smtp+starttls://mail.example.org:587", "smtps://mail.example.org:465".
// A Fault says what is wrong with it.
Settings settings_from(std::string_view url);
// "Luster <hello@example.org>" or a bare address.
Mailbox mailbox_from(std::string_view text);

class CurlSmtp final : public Smtp {
public:
    static constexpr std::size_t threads = 4;
    static constexpr std::size_t queued_max = 256;

    explicit CurlSmtp(Settings settings);
    Task<void> send(Mail message) override;

private:
    Settings settings_;
    WorkPool pool_{threads, queued_max};
};

class SimulatedSmtp final : public Smtp {
public:
    Task<void> send(Mail message) override;

    std::vector<Mail> sent() const;
    // Asked before each mail; what it throws is the fault that happens.
    void on_send(std::function<void(const Mail&)> hook) { hook_ = std::move(hook); }

private:
    mutable std::mutex mutex_;
    std::vector<Mail> sent_;
    std::function<void(const Mail&)> hook_;
};

}  // namespace luster::smtp
