// How a new organization's database is filled: a theme's version, and demo pages or a bare
// beginning.
#pragma once

#include "cms/themes/themes.h"
#include "core/seeding/seeder.h"

#include <map>

namespace luster::seeds {

// The themes that ship, by project type: folio for websites, counter for shops.
class ThemeSeeder final : public Seeder {
public:
    // `language` is the platform's own: that of the demo texts in templates.
    ThemeSeeder(const std::filesystem::path& themes_folder, std::string language);

    std::string digest() const override;
    Task<void> fill(pg::Session& session, const SeedKind& kind, Time now) override;
    Task<void> assign_theme(pg::TenantTx& tx, const Newborn& newborn) override;
    Task<void> bring_content(pg::TenantTx& tx, const Newborn& newborn) override;
    Task<void> bring_files(s3::Buckets& buckets, const std::string& bucket, const Newborn& newborn)
        override;

private:
    const themes::Folder& theme_for(const SeedKind& kind) const;

    std::map<std::string, themes::Folder> themes_;  // by project type
    std::string language_;
};

// SQL that fills an empty database. Text, since a template is filled by one script, not by
// features.
std::string theme_sql(const themes::Folder& theme, Time now);
std::string content_sql(
    const themes::Folder& theme, bool demo, std::string_view language, Time now
);

}  // namespace luster::seeds
