#include "site/stored_content.h"

#include "base/json.h"
#include "io/loop/together.h"
#include "site/excerpt.h"

#include <algorithm>

namespace luster::site {
namespace {

using boost::json::object;

struct StateRow {
    std::optional<std::int64_t> generation;
    std::optional<ThemeVersionId> theme_version;
};
BOOST_DESCRIBE_STRUCT(StateRow, (), (generation, theme_version))
const pg::SiteQuery<StateRow()> read_state{
    "site.state", "SELECT generation, theme_version FROM site.state"
};

struct SettingRow {
    std::optional<std::string> key;
    std::optional<pg::Json> value;
};
BOOST_DESCRIBE_STRUCT(SettingRow, (), (key, value))
const pg::SiteQuery<SettingRow()> read_settings{
    "site.settings", "SELECT key, value FROM site.setting"
};

struct MenuRow {
    std::optional<std::string> name;
    std::optional<std::string> language;
    std::optional<pg::Json> links;
};
BOOST_DESCRIBE_STRUCT(MenuRow, (), (name, language, links))
const pg::SiteQuery<MenuRow()> read_menus{
    "site.menus", "SELECT name, language, links FROM site.menu LIMIT 100"
};

struct LineRow {
    std::optional<PageId> id;
    std::optional<std::string> language;
    std::optional<std::string> slug;
    std::optional<std::string> title;
    std::optional<std::string> template_;
    std::optional<Time> published_at;
    std::optional<bool> noindex;
};
BOOST_DESCRIBE_STRUCT(LineRow, (), (id, language, slug, title, template_, published_at, noindex))
const pg::SiteQuery<LineRow(std::int64_t)> read_lines{
    "site.page_lines",
    "SELECT id, language, slug, title, template AS template_, published_at,"
    "       seo @> '{\"noindex\": true}' AS noindex FROM site.page ORDER BY slug LIMIT $1"
};

struct ContentRow {
    std::optional<pg::Json> sections;
    std::optional<pg::Json> seo;
};
BOOST_DESCRIBE_STRUCT(ContentRow, (), (sections, seo))
const pg::SiteQuery<ContentRow(PageId, std::string)> read_page{
    "site.page", "SELECT sections, seo FROM site.page WHERE id = $1 AND language = $2"
};

struct FileRow {
    std::optional<std::string> path;
    std::optional<Bytes> content;
};
BOOST_DESCRIBE_STRUCT(FileRow, (), (path, content))
const pg::SiteQuery<FileRow(ThemeVersionId)> read_theme{
    "site.theme", "SELECT path, content FROM site.theme_file WHERE version = $1 ORDER BY path"
};

struct FoundRow {
    std::optional<std::string> title;
    std::optional<std::string> slug;
    std::optional<std::string> marked;
};
BOOST_DESCRIBE_STRUCT(FoundRow, (), (title, slug, marked))
// The text behind the title comes with its marks, up to a bound: where a sentence begins,
// PostgreSQL can't tell.
const pg::SiteQuery<FoundRow(std::string, std::string, std::int64_t)> find_pages{
    "site.search", R"sql(
    SELECT title, slug,
           ts_headline('simple', substr(text, length(title) + 1, 20000),
                       websearch_to_tsquery('simple', $2),
                       E'StartSel="\x02", StopSel="\x03", HighlightAll=true') AS marked
      FROM site.page
     WHERE language = $1 AND to_tsvector('simple', text) @@ websearch_to_tsquery('simple', $2)
     ORDER BY ts_rank(to_tsvector('simple', text), websearch_to_tsquery('simple', $2)) DESC, slug LIMIT $3)sql"
};

object object_of(const std::optional<pg::Json>& value) {
    auto parsed = value ? json::parse(value->text) : std::nullopt;
    return parsed && parsed->is_object() ? std::move(parsed->get_object()) : object();
}

std::string text_in(const object& members, std::string_view name) {
    const auto* value = members.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::vector<MenuLink> links_of(const json::Value& value, int depth = 0) {
    std::vector<MenuLink> links;
    if (!value.is_array() || depth > 3) return links;
    for (const auto& item : value.get_array()) {
        if (!item.is_object()) continue;
        const auto& link = item.get_object();
        const auto* below = link.if_contains("links");
        links.push_back(
            {text_in(link, "title"),
             text_in(link, "url"),
             below ? links_of(*below, depth + 1) : std::vector<MenuLink>()}
        );
    }
    return links;
}

PageLine line_of(const LineRow& row) {
    auto published = row.published_at.value_or(Time{});
    return {
        row.id.value_or(PageId{}),
        row.language.value_or(""),
        "/" + row.slug.value_or(""),
        row.title.value_or(""),
        row.template_.value_or("page"),
        published,
        published,
        row.noindex.value_or(false),
    };
}

void apply_setting(const SettingRow& row, Outline& outline) {
    auto value = row.value ? json::parse(row.value->text) : std::nullopt;
    if (!value) return;
    auto key = row.key.value_or("");
    if (key == "theme_settings" && value->is_object()) outline.theme_settings = value->get_object();
    if (!value->is_string()) return;
    std::string text(value->get_string());
    if (key == "site_name") outline.name = text;
    if (key == "language") outline.language = text;
    if (key == "time_zone") outline.time_zone = text;
}

// The main language first, then the others that pages have.
std::vector<std::string> languages_of(const Outline& outline) {
    std::vector<std::string> languages{outline.language};
    for (const auto& page : outline.pages) {
        if (std::ranges::find(languages, page.language) == languages.end())
            languages.push_back(page.language);
    }
    return languages;
}

PageContent content_of(object sections, const object& seo) {
    const auto* noindex = seo.if_contains("noindex");
    return {
        std::move(sections),
        text_in(seo, "title"),
        text_in(seo, "description"),
        noindex && noindex->is_bool() && noindex->get_bool(),
    };
}

}  // namespace

Task<std::int64_t> StoredContent::generation() {
    auto reads = co_await tenants_.site(organization_);
    co_return (co_await reads.one(read_state)).generation.value_or(0);
}

Task<Outline> StoredContent::outline() {
    auto reads = co_await tenants_.site(organization_);
    auto state = co_await reads.one(read_state
    );  // before all the rest: what comes may be newer, never older
    auto [settings, menus, lines] = co_await together(
        reads.all(read_settings),
        reads.all(read_menus),
        reads.all(read_lines, std::int64_t{pages_max})
    );
    Outline outline;
    outline.generation = state.generation.value_or(0);
    outline.theme = state.theme_version.value_or(ThemeVersionId{});
    outline.language = "en";
    for (const auto& row : settings) apply_setting(row, outline);
    for (const auto& row : menus) {
        auto links = row.links ? json::parse(row.links->text) : std::nullopt;
        outline.menus.push_back(
            {row.name.value_or(""), row.language.value_or(""), links_of(links.value_or(nullptr))}
        );
    }
    for (const auto& row : lines) outline.pages.push_back(line_of(row));
    std::ranges::sort(outline.pages, {}, &PageLine::path);  // not as the database's language sorts
    outline.languages = languages_of(outline);
    co_return outline;
}

Task<std::optional<PageContent>> StoredContent::page(PageId id, std::string language) {
    auto reads = co_await tenants_.site(organization_);
    auto row = co_await reads.maybe_one(read_page, id, language);
    if (!row) co_return std::nullopt;
    co_return content_of(object_of(row->sections), object_of(row->seo));
}

Task<std::vector<ThemeFile>> StoredContent::theme(ThemeVersionId version) {
    auto reads = co_await tenants_.site(organization_);
    std::vector<ThemeFile> files;
    for (auto& row : co_await reads.all(read_theme, version)) {
        files.push_back(
            {row.path.value_or(""), row.content ? std::move(row.content->data) : std::string()}
        );
    }
    co_return files;
}

Task<std::vector<Found>> StoredContent::search(
    std::string language, std::string terms, std::size_t limit
) {
    auto reads = co_await tenants_.site(organization_);
    std::vector<Found> found;
    for (auto& row :
         co_await reads.all(find_pages, language, terms, static_cast<std::int64_t>(limit))) {
        found.push_back(
            {row.title.value_or(""),
             "/" + row.slug.value_or(""),
             excerpt_of(row.marked.value_or(""))}
        );
    }
    co_return found;
}

}  // namespace luster::site
