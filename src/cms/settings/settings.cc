#include "cms/settings/settings.h"

#include "core/outbox/outbox.h"

namespace luster::settings {
namespace {

const pg::TenantQuery<pg::Json()> find_language{
    "settings.main_language", "SELECT value FROM setting WHERE key = 'language'"
};

// Written at birth; before it there is nothing that could follow.
const pg::TenantQuery<void(std::string, std::string)> update_text{
    "settings.update_text", R"sql(
    UPDATE setting SET value = to_jsonb($2::text) WHERE key = $1 AND value <> to_jsonb($2::text))sql"
};
const pg::TenantQuery<void()> next_generation{
    "settings.raise_generation", "UPDATE site_state SET generation = generation + 1"
};

Task<void> update(TenantTx& tx, std::string key, std::string value) {
    if (co_await tx.run(update_text, key, value) == 0) co_return;
    co_await tx.run(next_generation);
    co_await outbox::tell(tx, Changed{key});
}

}  // namespace

Task<void> follow(TenantTx& tx, Identity identity) {
    co_await update(tx, "site_name", std::move(identity.name));
    co_await update(tx, "time_zone", std::move(identity.time_zone));
}

Task<std::string> main_language(pg::TenantReads reads) {
    auto value = json::parse((co_await reads.one(find_language)).text);
    co_return value && value->is_string() ? std::string(value->get_string()) : std::string("en");
}

}  // namespace luster::settings
