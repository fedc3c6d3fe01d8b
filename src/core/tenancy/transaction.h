// A transaction in an organization's database, as features get it. Beside SQL it can tell: an event
// is written with its cause, and heard of after the commit. Who acts by a permit leaves an entry in
// the audit log, without a line of the feature's.
#pragma once

#include "base/ids.h"
#include "io/pg/transaction.h"

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace luster {

// An organization's database can't commit together with the control database. So a commit announces
// first (a mark in the control database), then commits, then has the events delivered; whatever a
// crash leaves is found by the mark. core/outbox implements it.
class Announcer {
public:
    virtual ~Announcer() = default;
    virtual Time now() const = 0;
    virtual EventId new_event_id() = 0;
    // The mark, due then: while the transaction is still open and has written its events.
    virtual Task<void> announce(OrgId organization, Time due) = 0;
    // Begins to deliver what is due; who `waits` comes back when that is done, or after a moment.
    virtual Task<void> deliver(OrgId organization, bool waits) = 0;
};

// What the audit log says of a transaction; an event of the kind `audit`.
struct Act {
    std::optional<UserId> user;
    std::string user_name;
    std::string action;   // "PUT /orgs/{org}/pages/{page}/{language}/publication"
    std::string target;   // what was changed
    std::string address;  // of the client
    Time at;
};
BOOST_DESCRIBE_STRUCT(Act, (), (user, user_name, action, target, address, at))

class TenantTx : public pg::TenantTx {
public:
    TenantTx(pg::TenantTx transaction, OrgId organization, Announcer* announcer)
        : pg::TenantTx(std::move(transaction)),
          organization_(organization),
          announcer_(announcer) {}

    OrgId organization() const { return organization_; }
    // By outbox::tell, which knows the events' types. Due now, or at that time.
    Task<void> tell(std::string kind, std::string payload, std::optional<Time> due = std::nullopt);
    void done_by(UserId user, std::string name);
    // Names what is done; the edge does it with the route.
    void enter(std::string action, std::string target, std::string address);
    // Not worth an entry (autosave): the caller says why, beside its call.
    void without_entry() { act_.reset(); }
    Task<void> commit();

private:
    OrgId organization_;
    Announcer* announcer_;
    std::optional<Act> act_;
    std::optional<Time> first_due_;  // of what was told
    // A person waits for what they did to be seen. A listener must not: it would wait for the very
    // delivery that it is part of.
    bool waits_ = false;
};

}  // namespace luster
