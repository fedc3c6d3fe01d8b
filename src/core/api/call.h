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

// Where things are for people.
struct Places {
    std::string scheme;  // "https"
    std::string admin;   // host, with its port where it isn't the scheme's own
    std::string sites;   // the domain below which every organization has its site

    std::string panel() const { return scheme + "://" + admin; }
    std::string site(std::string_view slug) const {
        return scheme + "://" + std::string(slug) + "." + sites;
    }
};

// What every handler may use. Features bring their own objects (Endpoint's `object`).
struct Services {
    Loops& loops;
    Clock& clock;
    Random& random;
    Authenticator& authenticator;
    Organizations& organizations;
    pg::ControlDb& control;
    Tenants& tenants;
    Places places;
};

struct Endpoint;

// An answer kept under an Idempotency-Key.
struct KeptAnswer {
    int status = 0;
    std::string body;
    std::string etag;
    std::string location;
};
// Thrown by Call::begin where the same request was answered before; the edge sends that answer
// again.
struct AnsweredBefore {
    KeptAnswer answer;
};

class Call {
public:
    Call(Services& services, http::Request& request) : services(services), request(request) {}
    Call(const Call&) = delete;

    Services& services;
    http::Request& request;
    std::shared_ptr<const Tree> tree;  // as of this request
    std::optional<Session> session;
    std::optional<OrgId> organization;  // named by the path, and allowed
    Language language = Language::en;   // the reader's

    Time now() const { return services.clock.now(); }
    template <class Tag>
    Id<Tag> new_id() {
        return luster::new_id<Tag>(now(), services.random);
    }
    const OrgNode& organization_node() const { return *tree->find(*organization); }

    // What is in the organization's database. Refused, as is `begin`, while it is being set up or
    // removed.
    template <Right R>
    Task<Result<pg::TenantReads>> read(const Permit<R>& permit) {
        CO_TRY(is_open());
        co_return co_await services.tenants.read(permit);
    }
    // A transaction in the organization's database, or in the control database. Where the request
    // has an Idempotency-Key, its row is written with the effect: a repetition waits for the first
    // one, then gets the same answer (AnsweredBefore); with another body it is refused.
    template <Right R>
    Task<Result<TenantTx>> begin(const Permit<R>& permit) {
        auto tx = CO_TRY(co_await begin_unkept(permit));
        if (auto kept = CO_TRY(co_await claim_key(tx))) throw AnsweredBefore{std::move(*kept)};
        co_return tx;
    }
    // As above for an answer that is a secret, which no key may keep: a repetition is done anew.
    template <Right R>
    Task<Result<TenantTx>> begin_unkept(const Permit<R>& permit) {
        static_assert(implies_editing(R), "a right to read begins no transaction");
        CO_TRY(is_open());
        auto tx = co_await services.tenants.begin(permit);
        enter_act(tx);
        co_return tx;
    }
    Task<Result<pg::ControlTx>> begin_control();
    // As above, but a repetition comes back to the handler (a sign-up signs in afresh).
    struct Begun {
        pg::ControlTx tx;
        std::optional<KeptAnswer> answered_before;
    };
    Task<Result<Begun>> begin_control_or_repeat();

    // Commits, with the answer kept under the request's key. In core/api/endpoint.h.
    template <class Tx, class Out>
    Task<Out> commit(Tx& tx, Out out);

    void set_cookie(std::string cookie) { cookies.push_back(std::move(cookie)); }
    std::vector<std::string> cookies;  // complete Set-Cookie values

    // Set by the edge.
    struct RateLimit {
        std::string policy, left;  // as draft-ietf-httpapi-ratelimit-headers-10 has them
    };
    std::optional<RateLimit> rate_limit;
    const Endpoint* endpoint = nullptr;
    const Secret* key_secret = nullptr;  // for the HMAC of bodies
    Result<void> take_key(std::string_view body);

private:
    struct Key {
        std::string key;
        std::string scope;  // actor, organization, route
        Bytes body_hmac;    // the body may hold a password
    };
    Result<void> is_open() const;
    void enter_act(TenantTx& tx) const;
    Task<Result<std::optional<KeptAnswer>>> claim_key(TenantTx& tx);
    Task<Result<std::optional<KeptAnswer>>> claim_key(pg::ControlTx& tx);
    Task<void> keep(TenantTx& tx, KeptAnswer answer);
    Task<void> keep(pg::ControlTx& tx, KeptAnswer answer);

    std::optional<Key> key_;
};

}  // namespace luster::api
