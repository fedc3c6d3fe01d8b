#include "cms/seeds/seeds.h"

#include "base/crypto.h"
#include "cms/pages/pages.h"

#include <fmt/format.h>

#include <algorithm>

namespace luster::seeds {
namespace {

using boost::json::object;
using themes::File;
using themes::Folder;

// While this setting is there, nobody has worked in the database: a birth may still name, date and
// translate what its template brought.
constexpr std::string_view newborn_key = "newborn";

std::string text(std::string_view value) {
    return pg::literal(value);
}
std::string json_text(const json::Value& value) {
    return pg::literal(json::to_string(value)) + "::jsonb";
}
std::string time_text(Time time) {
    return pg::literal(to_rfc3339(time)) + "::timestamptz";
}
std::string bytes_text(std::string_view bytes) {
    return "'\\x" + crypto::hex(bytes) + "'::bytea";
}

// Ids of seeds follow from their content, so that filling again makes the same rows.
std::string id_text(std::string_view of, Time now) {
    auto digest = crypto::sha256(of);
    return pg::literal(Uuid::v7(now, std::span<const std::uint8_t, 10>(digest.data(), 10)).text()) +
           "::uuid";
}

json::Value document_of(const Folder& theme, bool demo, std::string_view language) {
    auto wanted = fmt::format("demo/{}.{}.json", demo ? "content" : "empty", language);
    auto found = std::ranges::find(theme.demo, wanted, &File::path);
    if (found == theme.demo.end()) return nullptr;
    std::string why;
    auto document = json::parse(found->content, &why);
    if (!document || !document->is_object())
        throw Fault(fmt::format("{} of the theme {}: {}", wanted, theme.name, why));
    return std::move(*document);
}

std::string page_sql(
    const object& page, std::string_view theme, std::string_view language, Time now
) {
    std::string slug(page.at("slug").as_string());
    std::string title(page.at("title").as_string());
    const auto& sections = page.at("sections");
    auto seo = page.contains("seo") ? page.at("seo") : json::Value(object());
    return fmt::format(
        "INSERT INTO page (id, language, template, slug, title, sections, seo, published_slug, "
        "published_title,"
        " published_sections, published_seo, published_text, published_revision, published_at, "
        "created_at, updated_at)"
        " VALUES ({id}, {language}, {template}, {slug}, {title}, {sections}, {seo}, {slug}, "
        "{title}, {sections},"
        " {seo}, {text}, 1, {now}, {now}, {now});\n",
        fmt::arg("id", id_text(fmt::format("{}/{}", theme, slug), now)),
        fmt::arg("language", text(language)),
        fmt::arg("template", text(page.at("template").as_string())),
        fmt::arg("slug", text(slug)),
        fmt::arg("title", text(title)),
        fmt::arg("sections", json_text(sections)),
        fmt::arg("seo", json_text(seo)),
        fmt::arg("text", text(pages::plain_text(title, sections))),
        fmt::arg("now", time_text(now))
    );
}

// {"title", "page"} of a demo becomes {"title", "url"}.
json::Value links_of(const json::Value& source) {
    boost::json::array links;
    for (const auto& link : source.as_array()) {
        links.push_back(
            {{"title", link.at("title")}, {"url", link.at("page")}, {"links", boost::json::array()}}
        );
    }
    return links;
}

std::string setting_sql(std::string_view key, const json::Value& value, bool is_public) {
    return fmt::format(
        "INSERT INTO setting (key, value, public) VALUES ({}, {}, {})"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value;\n",
        text(key),
        json_text(value),
        is_public
    );
}

std::string media_sql(const Folder& theme, Time now) {
    std::string sql;
    for (const auto& file : theme.media) {
        auto key = file.path.substr(std::string_view("demo/media/").size());
        sql += fmt::format(
            "INSERT INTO media (key, type, bytes, created_at) VALUES ({}, {}, {}, {}) ON CONFLICT "
            "DO NOTHING;\n",
            text(key),
            text(s3::media_type_of(key)),
            file.content.size(),
            time_text(now)
        );
    }
    return sql;
}

const pg::TenantQuery<std::optional<ThemeVersionId>()> find_theme{
    "seeds.theme", "SELECT theme_version FROM site_state"
};
const pg::TenantQuery<bool(std::string)> find_setting{
    "seeds.has_setting", "SELECT true FROM setting WHERE key = $1"
};

}  // namespace

std::string theme_sql(const Folder& theme, Time now) {
    auto version = id_text(theme.digest, now);
    auto sql = fmt::format(
        "INSERT INTO theme_version (id, name, made_at) VALUES ({}, {}, {});\n",
        version,
        text(theme.name),
        time_text(now)
    );
    for (const auto& file : theme.files) {
        sql += fmt::format(
            "INSERT INTO theme_file (version, path, content) VALUES ({}, {}, {});\n",
            version,
            text(file.path),
            bytes_text(file.content)
        );
    }
    return sql +
           fmt::format(
               "UPDATE site_state SET theme_version = {}, generation = generation + 1;\n", version
           );
}

std::string content_sql(const Folder& theme, bool demo, std::string_view language, Time now) {
    auto document = document_of(theme, demo, language);
    if (document.is_null()) document = document_of(theme, demo, language = "en");
    if (document.is_null()) throw Fault(fmt::format("the theme {} brings no content", theme.name));
    std::string sql = "DELETE FROM page; DELETE FROM menu;\n";
    for (const auto& page : document.at("pages").as_array()) {
        sql += page_sql(page.as_object(), theme.name, language, now);
    }
    for (const auto& menu : document.at("menus").as_object()) {
        sql += fmt::format(
            "INSERT INTO menu (name, language, links) VALUES ({}, {}, {});\n",
            text(menu.key()),
            text(language),
            json_text(links_of(menu.value()))
        );
    }
    sql += setting_sql("site_name", document.at("site_name"), true);
    sql += setting_sql("language", json::Value(language), true);
    if (demo) sql += media_sql(theme, now);
    return sql;
}

namespace {

Task<void> put_file(
    s3::Buckets& buckets, std::string bucket, std::string key, std::string_view content
) {
    auto put = co_await buckets.put(
        bucket, key, std::string(s3::media_type_of(key)), s3::pieces_of(std::string(content))
    );
    if (!put) throw Fault(fmt::format("the demo file {} could not be stored", key));
}

}  // namespace

ThemeSeeder::ThemeSeeder(const std::filesystem::path& themes_folder, std::string language)
    : language_(std::move(language)) {
    themes_.emplace("website", themes::read_folder(themes_folder / "folio"));
    themes_.emplace("ecommerce", themes::read_folder(themes_folder / "counter"));
}

const Folder& ThemeSeeder::theme_for(const SeedKind& kind) const {
    return themes_.at(kind.project_type);
}

std::string ThemeSeeder::digest() const {
    std::string all = language_;
    for (const auto& [type, theme] : themes_) all += " " + theme.digest;
    return crypto::hex(crypto::bytes_of(crypto::sha256(all)).data);
}

Task<void> ThemeSeeder::fill(pg::Session& session, const SeedKind& kind, Time now) {
    const auto& theme = theme_for(kind);
    auto sql = theme_sql(theme, now) + content_sql(theme, kind.demo, language_, now);
    co_await session.execute(sql + setting_sql(newborn_key, true, false));
}

Task<void> ThemeSeeder::assign_theme(pg::TenantTx& tx, const Newborn& newborn) {
    if (co_await tx.one(find_theme)) co_return;
    co_await tx.execute(theme_sql(theme_for(newborn.kind), newborn.now));
}

Task<void> ThemeSeeder::bring_content(pg::TenantTx& tx, const Newborn& newborn) {
    bool from_template =
        (co_await tx.maybe_one(find_setting, std::string(newborn_key))).has_value();
    bool filled = (co_await tx.maybe_one(find_setting, std::string("site_name"))).has_value();
    if (filled && !from_template) co_return;  // somebody may have worked here already
    std::string sql;
    if (!filled || newborn.language != language_) {
        sql +=
            content_sql(theme_for(newborn.kind), newborn.kind.demo, newborn.language, newborn.now);
    }
    sql += fmt::format(
        "UPDATE page SET created_at = {0}, updated_at = {0}, published_at = {0} WHERE published_at "
        "IS NOT NULL;\n",
        time_text(newborn.now)
    );
    sql += setting_sql("site_name", json::Value(newborn.name), true);
    sql += setting_sql("time_zone", json::Value(newborn.time_zone), true);
    sql += fmt::format("DELETE FROM setting WHERE key = {};\n", text(newborn_key));
    sql += "UPDATE site_state SET generation = generation + 1;\n";
    co_await tx.execute(sql);
}

Task<void> ThemeSeeder::bring_files(
    s3::Buckets& buckets, const std::string& bucket, const Newborn& newborn
) {
    if (!newborn.kind.demo) co_return;
    auto there = co_await buckets.list(bucket, "", "", s3::listing_max);
    if (!there) throw Fault(fmt::format("there is no bucket {}", bucket));
    std::vector<Task<void>> puts;
    for (const auto& file : theme_for(newborn.kind).media) {
        auto key = file.path.substr(std::string_view("demo/media/").size());
        if (std::ranges::find(there->objects, key, &s3::ObjectInfo::key) != there->objects.end())
            continue;
        puts.push_back(put_file(buckets, bucket, key, file.content));
    }
    co_await all_of(std::move(puts));
}

}  // namespace luster::seeds
