#include "base/crypto.h"
#include "cms/themes/themes.h"

#include <algorithm>

namespace luster::themes {
namespace {

constexpr char sentences_en[] = {
#embed "messages/en.json"
};
constexpr char sentences_de[] = {
#embed "messages/de.json"
};

struct SourceRow {
    std::string path;
    Bytes content;
};
BOOST_DESCRIBE_STRUCT(SourceRow, (), (path, content))

const pg::TenantQuery<std::optional<ThemeVersionId>()> find_version{
    "themes.current_version", "SELECT theme_version FROM site_state"
};
const pg::TenantQuery<SourceRow(ThemeVersionId)> find_sections{
    "themes.sections",
    "SELECT path, content FROM theme_file WHERE version = $1 AND path LIKE 'sections/%'"
    " ORDER BY path"
};

std::string digest_of(const std::vector<File>& files) {
    std::string all;
    for (const auto& file : files) (((all += file.path) += '\n') += file.content) += '\0';
    return crypto::hex(crypto::bytes_of(crypto::sha256(all)).data);
}

}  // namespace

messages::Source sentences() {
    return {"themes", {sentences_en, sizeof sentences_en}, {sentences_de, sizeof sentences_de}};
}

Rules rules_of(const std::vector<File>& files) {
    Rules rules;
    for (const auto& file : files) {
        if (auto type = section_type_of(file.path))
            rules.emplace(*type, section_rules(file.content));
    }
    return rules;
}

Task<RulesPointer> Rulebook::current(TenantTx& tx) {
    co_return co_await of(tx, co_await tx.one(find_version));
}

Task<RulesPointer> Rulebook::of(TenantTx& tx, std::optional<ThemeVersionId> version) {
    if (!version) co_return nullptr;
    Key key{tx.organization(), *version};
    if (auto kept = find(key)) co_return kept;
    std::vector<File> files;
    for (auto& row : co_await tx.all(find_sections, *version))
        files.push_back({std::move(row.path), std::move(row.content.data)});
    co_return keep(key, files);
}

RulesPointer Rulebook::find(const Key& key) {
    std::lock_guard lock(mutex_);
    auto found = kept_.find(key);
    if (found == kept_.end()) return nullptr;
    found->second.used = ++uses_;
    return found->second.rules;
}

// Organizations whose theme has the same sections share what was read of them.
RulesPointer Rulebook::keep(const Key& key, const std::vector<File>& files) {
    auto digest = digest_of(files);
    std::lock_guard lock(mutex_);
    auto same =
        std::ranges::find_if(kept_, [&](auto& kept) { return kept.second.digest == digest; });
    auto rules =
        same == kept_.end() ? std::make_shared<const Rules>(rules_of(files)) : same->second.rules;
    if (kept_.size() >= kept_max) {
        kept_.erase(std::ranges::min_element(kept_, {}, [](auto& kept) { return kept.second.used; })
        );
    }
    kept_.insert_or_assign(key, Kept{rules, std::move(digest), ++uses_});
    return rules;
}

}  // namespace luster::themes
