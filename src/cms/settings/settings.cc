#include "cms/settings/settings.h"

#include "base/json.h"

namespace luster::settings {
namespace {

const pg::TenantQuery<pg::Json()> find_language{
    "settings.main_language", "SELECT value FROM setting WHERE key = 'language'"
};

}  // namespace

Task<std::string> main_language(pg::TenantReads reads) {
    auto value = json::parse((co_await reads.one(find_language)).text);
    co_return value && value->is_string() ? std::string(value->get_string()) : std::string("en");
}

}  // namespace luster::settings
