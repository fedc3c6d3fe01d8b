// The rows of organizations as the API shows and changes them.
#pragma once

#include "platform/orgs/orgs.h"

namespace luster::orgs {

struct Row {
    OrgId id;
    std::string slug;
    std::string name;
    OrgKind kind;
    OrgStatus status;
    ProjectType project_type;
    std::string language;
    std::string time_zone;
    std::string currency;
    Time created_at;
    std::optional<Time> verified_at;
    std::int64_t revision;
};
BOOST_DESCRIBE_STRUCT(
    Row,
    (),
    (id,
     slug,
     name,
     kind,
     status,
     project_type,
     language,
     time_zone,
     currency,
     created_at,
     verified_at,
     revision)
)

struct Edit {
    std::optional<std::string> name;
    std::optional<std::string> time_zone;
};

Task<std::optional<Row>> find(pg::ControlDb& control, OrgId organization);
Task<std::optional<Row>> lock(pg::ControlTx& tx, OrgId organization);
Task<Row> edit(pg::ControlTx& tx, OrgId organization, Edit edit, Time now);

// A page of what lies at or below some places, by name.
struct Reach {
    std::vector<OrgId> alone;     // these themselves
    std::vector<OrgId> subtrees;  // these and all below them
};
struct Found {
    OrgId id;
    std::string sort_name;
};
BOOST_DESCRIBE_STRUCT(Found, (), (id, sort_name))
Task<std::vector<Found>> search(
    pg::ControlDb& control, Reach reach, std::string words, std::optional<Found> after, int count
);

}  // namespace luster::orgs
