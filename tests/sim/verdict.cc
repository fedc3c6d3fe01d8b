#include "verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace luster::sim {
namespace {

using Names = std::set<std::string>;

Names names(const Rows& rows) {
    Names found;
    for (auto& row : rows) found.insert(row[0].value_or(""));
    return found;
}

std::string listed(const Names& names) {
    return fmt::format("{}", fmt::join(names, ", "));
}

Names without(const Names& all, const Names& some) {
    Names rest;
    std::ranges::set_difference(all, some, std::inserter(rest, rest.end()));
    return rest;
}

constexpr std::string_view unfinished = R"sql(
    SELECT 'spare ' || id || ' is ' || state FROM spare WHERE state <> 'ready'
    UNION ALL SELECT 'template ' || database || ' is ' || state FROM template WHERE state <> 'ready'
    UNION ALL SELECT kinds.n || ' spares of a kind' FROM
        (SELECT count(s.id) AS n FROM
            (VALUES ('website', true), ('website', false), ('ecommerce', true), ('ecommerce', false))
                 AS kind (type, demo)
            LEFT JOIN spare s ON s.project_type = kind.type AND s.demo = kind.demo
           GROUP BY kind.type, kind.demo) AS kinds WHERE n <> 1
    UNION ALL SELECT 'organization ' || organization_id || ' is due' FROM provisioning WHERE due_at IS NOT NULL
    UNION ALL SELECT 'job ' || kind || ' waits' FROM job
        WHERE failed_at IS NULL AND kind NOT IN ('signup.expire', 'identity.purge')
    UNION ALL SELECT 'outbox of ' || organization_id || ' is marked' FROM outbox_mark)sql";

}  // namespace

bool ground_is_at_rest(const Ground& ground) {
    return ground.control(std::string(unfinished)).empty();
}

std::vector<std::string> Verdict::look() {
    for (auto& sentence : names(ground_.control(std::string(unfinished)))) wrong(sentence);
    organizations();
    answers();
    databases_and_roles();
    buckets();
    for (auto& organization : organizations_) {
        if (organization.status == "active") contents(organization);
    }
    walls();
    mails();
    jobs();
    return violations_;
}

// Each is active, or removed where that was wanted.
void Verdict::organizations() {
    auto rows = ground_.control(
        "SELECT o.id, o.slug, o.status, coalesce(u.email, ''), o.demo FROM organization o"
        "  LEFT JOIN app_user u ON u.id = o.owner_user WHERE o.kind <> 'platform' ORDER BY o.id"
    );
    Names slugs;
    for (auto& row : rows) {
        OrgId id = OrgId::parse("org_" + row[0].value()).value();
        organizations_.push_back({id, *row[1], *row[2], *row[3], *row[4] == "t"});
        auto& seen = organizations_.back();
        bool gone = std::ranges::find(removed_, seen.slug) != removed_.end();
        if (seen.status != (gone ? "deleted" : "active")) {
            wrong(fmt::format("{} ended as {}", seen.slug, seen.status));
        }
        if (!slugs.insert(seen.slug).second) wrong("given twice: " + seen.slug);
    }
}

// A yes stands for exactly one organization, a no for nothing; one key gets one answer.
void Verdict::answers() {
    std::map<std::string, unsigned> by_key;
    for (auto& [form, answer] : founders_) {
        if (!answer) {
            wrong(form.email + " never got an answer");
            continue;
        }
        auto [known, first] = by_key.try_emplace(form.key, *answer);
        if (known->second != *answer) wrong(form.email + " got two different answers");
        auto theirs = std::ranges::count_if(organizations_, [&](auto& organization) {
            return organization.email == form.email;
        });
        if (theirs != (*answer == 201 ? 1 : 0)) {
            wrong(fmt::format("{} was told {} and has {}", form.email, *answer, theirs));
        }
    }
    auto users = ground_.control("SELECT count(*) FROM app_user")[0][0].value();
    auto yes = std::ranges::count_if(by_key, [](auto& entry) { return entry.second == 201; });
    if (users != std::to_string(yes)) wrong(fmt::format("{} users, {} were let in", users, yes));
}

// What is known is there, with its owner, and nothing else is.
void Verdict::databases_and_roles() {
    auto known =
        names(ground_.control("SELECT database || ' of ' || owner_role FROM tenant_address"
                              " UNION ALL SELECT 'spare_' || id || ' of luster_births' FROM spare"
                              " UNION ALL SELECT database || ' of luster_births' FROM template"));
    auto there =
        names(ground_.maintenance("SELECT datname || ' of ' || pg_get_userbyid(datdba)"
                                  "    || CASE WHEN datconnlimit = -2 THEN ', invalid' ELSE '' END"
                                  "  FROM pg_database WHERE datname ~ '^(tenant|spare|tmpl)_'"));
    Names kept;
    for (auto& name : ground_.kept()) kept.insert(name + " of luster_births");
    auto orphans = without(without(there, known), kept);
    if (auto lost = without(known, there); !lost.empty()) wrong("lost: " + listed(lost));
    if (!orphans.empty()) wrong("orphaned: " + listed(orphans));
    auto roles = names(ground_.control(
        "SELECT unnest(ARRAY[owner_role, theme_role]) FROM tenant_address UNION ALL"
        " SELECT unnest(ARRAY['spare_' || id || '_owner', 'spare_' || id || '_theme']) FROM spare"
    ));
    auto real = names(
        ground_.maintenance("SELECT rolname FROM pg_roles WHERE rolname ~ '^(org|spare)_[0-9]'")
    );
    if (auto lost = without(roles, real); !lost.empty()) wrong("lost: " + listed(lost));
    if (auto more = without(real, roles); !more.empty()) wrong("orphaned: " + listed(more));
    for (auto& organization : organizations_) {
        if (organization.status != "active") continue;
        auto database = provisioning::database_name(organization.slug) + " of " +
                        provisioning::owner_role(organization.id);
        if (!there.contains(database)) wrong("not there: " + database);
    }
}

void Verdict::buckets() {
    Names wanted, there;
    for (auto& organization : organizations_) {
        if (organization.status == "active") wanted.insert(s3::media_bucket(organization.id));
    }
    for (auto& name : ground_.buckets->bucket_names()) there.insert(name);
    if (auto lost = without(wanted, there); !lost.empty()) wrong("lost: " + listed(lost));
    if (auto more = without(there, wanted); !more.empty()) wrong("orphaned: " + listed(more));
}

// As they were made, once; and what editors wrote was heard of.
void Verdict::contents(const Organization& organization) {
    auto rows = ground_.sql(
        provisioning::database_name(organization.slug),
        "SELECT (SELECT count(*) FROM outbox), (SELECT string_agg(key, ' ' ORDER BY key) FROM "
        "setting"
        " WHERE key !~ '^mark_')"
    );
    if (rows[0][0] != "0")
        wrong(fmt::format("{} events of {} wait", *rows[0][0], organization.slug));
    if (rows[0][1] != "demo name theme") {
        wrong(fmt::format("{} holds {}", organization.slug, rows[0][1].value_or("nothing")));
    }
    auto marks = ground_.sql(
        provisioning::database_name(organization.slug),
        "SELECT key FROM setting WHERE key ~ '^mark_'"
    );
    for (auto& mark : names(marks)) {
        if (!ground_.heard.contains(mark)) wrong("nobody heard of " + mark);
    }
}

// Right credentials, wrong tenant.
void Verdict::walls() {
    std::vector<Organization> living;
    std::ranges::copy_if(organizations_, std::back_inserter(living), [](auto& organization) {
        return organization.status == "active";
    });
    for (auto& organization : living) {
        for (bool theme : {false, true}) {
            auto address = ground_.address(organization.id, theme);
            if (auto state = ground_.refusal(address); !state.empty()) {
                wrong(fmt::format("{} may not enter its own database: {}", address.role, state));
            }
            for (auto& other : living) {
                if (other.id == organization.id) continue;
                address.database = provisioning::database_name(other.slug);
                if (ground_.refusal(address) != "42501") {
                    wrong(fmt::format("{} may enter {}", address.role, address.database));
                }
            }
        }
    }
}

// Everybody who was let in has their mail; a repetition has the same id.
void Verdict::mails() {
    std::map<std::string, Names> ids;
    for (auto& mail : ground_.mailbox->sent()) ids[mail.to.address].insert(mail.id);
    for (auto& [form, answer] : founders_) {
        auto count = ids[form.email].size();
        if (answer == 201 && count == 0) wrong("no mail to " + form.email);
        if (count > 1) wrong(fmt::format("{} different mails to {}", count, form.email));
    }
}

void Verdict::jobs() {
    for (auto& kind : names(ground_.control("SELECT kind FROM job WHERE failed_at IS NOT NULL"))) {
        wrong("a job has failed for good: " + kind);
    }
}

}  // namespace luster::sim
