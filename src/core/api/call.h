// One request on its way through core/api, and what a handler may reach from it.
#pragma once

#include "base/language.h"
#include "core/api/answers.h"
#include "core/tenancy/tenants.h"
#include "io/clock/clock.h"
#include "io/pg/pg.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace luster::api {

// What every handler may use. Features bring their own objects (Endpoint's `object`).
struct Services {
    Loops& loops;
    Clock& clock;
    Random& random;
    Authenticator& authenticator;
    Organizations& organizations;
    pg::ControlDb& control;
    Tenants& tenants;
};

// An answer kept under an Idempotency-Key: the same request was answered before.
struct KeptAnswer {
    int status = 0;
    std::string body;
};
// Thrown by Call::begin where the key's answer is known; the edge sends it again.
struct AnsweredBefore {
    KeptAnswer answer;
};

class Call {
public:
    Call(Services& services, http::Request& request) : services(services), request(request) {}
    Call(const Call&) = delete;

    Services& services;
    http::Request& request;
    std::string_view route;             // the template of the path, "/orgs/{org}/pages"
    std::shared_ptr<const Tree> tree;   // as of this request
    std::optional<Session> session;
    std::optional<OrgId> organization;  // named by the path, and allowed
    Language language = Language::en;   // the reader's

    Time now() const { return services.clock.now(); }
    template <class Tag>
    Id<Tag> new_id() {
        return luster::new_id<Tag>(now(), services.random);
    }
    const OrgNode& organization_node() const { return *tree->find(*organization); }

    // A transaction in the organization's database, or in the control database. Where the request has an
    // Idempotency-Key, its row is written with the effect: a repetition waits for the first one, then
    // gets the same answer.
    template <Right R>
    Task<TenantTx> begin(const Permit<R>& permit) {
        static_assert(implies_editing(R), "a right to read begins no transaction");
        auto tx = co_await services.tenants.begin(permit);
        co_await claim_key(tx);
        co_return tx;
    }
    Task<pg::ControlTx> begin_control();
    // As above; a repetition comes back here instead of ending the request (a sign-up signs in afresh).
    Task<std::optional<KeptAnswer>> begin_control(std::optional<pg::ControlTx>& tx);

    // Commits with the answer kept under the request's key.
    template <class Tx, class Out>
    Task<Out> commit(Tx& tx, Out out) {
        if (key_) co_await keep_answer(tx, 201, json::to_string(out.value));
        co_await tx.commit();
        co_return out;
    }

    void set_cookie(std::string cookie) { cookies.push_back(std::move(cookie)); }
    std::vector<std::string> cookies;  // complete Set-Cookie values

    // Set by the edge before the handler runs.
    struct Key {
        std::string key;
        std::string scope;  // actor, organization, route
        std::string body_hmac;
    };
    void use_key(Key key) { key_ = std::move(key); }
    const std::optional<Key>& key() const { return key_; }

private:
    Task<void> claim_key(TenantTx& tx);
    Task<void> keep_answer(TenantTx& tx, int status, std::string body);
    Task<void> keep_answer(pg::ControlTx& tx, int status, std::string body);

    std::optional<Key> key_;
};

}  // namespace luster::api
