#include "platform/provisioning/sealing.h"

#include <fmt/format.h>

#include <map>

namespace luster::provisioning {
namespace {

struct SealedRow {
    OrgId organization_id;
    std::string owner_password;
    std::string theme_password;
};
BOOST_DESCRIBE_STRUCT(SealedRow, (), (organization_id, owner_password, theme_password))

// The newest ones of each key.
const pg::ControlQuery<SealedRow()> select_samples{"provisioning.sealed_samples", R"sql(
    SELECT organization_id, owner_password, theme_password
      FROM (SELECT *, row_number() OVER (PARTITION BY split_part(owner_password, ':', 1)
                                             ORDER BY organization_id DESC) AS place
              FROM tenant_address) AS newest
     WHERE place <= 3 ORDER BY organization_id)sql"};

const pg::ControlQuery<SealedRow(std::string_view)> lock_older{"provisioning.sealed_before", R"sql(
    SELECT organization_id, owner_password, theme_password FROM tenant_address
     WHERE NOT (starts_with(owner_password, $1 || ':') AND starts_with(theme_password, $1 || ':'))
     ORDER BY organization_id LIMIT 100 FOR UPDATE)sql"};

const pg::ControlQuery<void(OrgId, std::string_view, std::string_view)> update_sealed{
    "provisioning.seal_anew", R"sql(
    UPDATE tenant_address SET owner_password = $2, theme_password = $3
     WHERE organization_id = $1)sql"
};

crypto::Place place(std::string_view column, OrgId organization) {
    return {"tenant_address", column, std::to_string(organization.value)};
}

std::string fault_of(const crypto::Keyring& keys, const SealedRow& row) {
    try {
        keys.open(place("owner_password", row.organization_id), row.owner_password);
        return "";
    } catch (const Fault& fault) {
        return fault.what();
    }
}

}  // namespace

Task<void> check_keys(pg::ControlDb& control, const crypto::Keyring& keys) {
    std::map<std::string, std::string> faults;  // by key; empty where it opened one
    for (auto& row : co_await control.all(select_samples)) {
        auto key = row.owner_password.substr(0, row.owner_password.find(':'));
        auto fault = fault_of(keys, row);
        auto [known, first] = faults.try_emplace(key, fault);
        if (!first && fault.empty()) known->second.clear();
    }
    for (auto& [key, fault] : faults) {
        if (fault.empty()) continue;
        throw Fault(fmt::format(
            "keys_file: the key '{}' that sealed organizations' passwords is missing or another "
            "one "
            "({}). Put the file back that belongs to this database.",
            key,
            fault
        ));
    }
}

Task<std::int64_t> seal_anew(pg::ControlDb& control, const crypto::Keyring& keys, Random& random) {
    std::int64_t done = 0;
    for (;;) {
        auto tx = co_await control.begin();
        auto rows = co_await tx.all(lock_older, keys.current());
        for (auto& row : rows) {
            auto anew = [&](std::string_view column, const std::string& sealed) {
                auto where = place(column, row.organization_id);
                return keys.seal(where, keys.open(where, sealed).reveal(), random);
            };
            auto owner = anew("owner_password", row.owner_password);
            auto theme = anew("theme_password", row.theme_password);
            co_await tx.run(update_sealed, row.organization_id, owner, theme);
        }
        co_await tx.commit();
        if (rows.empty()) co_return done;
        done += static_cast<std::int64_t>(rows.size());
    }
}

}  // namespace luster::provisioning
