#include "cms/themes/api.h"

#include "cms/themes/themes.h"

namespace luster::themes {
namespace {

struct FileRow {
    std::string path;
    Bytes content;
};
BOOST_DESCRIBE_STRUCT(FileRow, (), (path, content))

const pg::TenantQuery<std::optional<std::string>()> find_name{
    "themes.name",
    "SELECT v.name FROM site_state s LEFT JOIN theme_version v ON v.id = s.theme_version"
};
const pg::TenantQuery<FileRow()> find_schemas{
    "themes.schemas",
    "SELECT f.path, f.content FROM theme_file f JOIN site_state s ON s.theme_version = f.version"
    " WHERE f.path LIKE 'sections/%' OR f.path LIKE 'locales/%.schema.json' ORDER BY f.path"
};

Task<Result<Theme>> show_theme(api::Call& call, Permit<Right::read_content> viewer) {
    auto reads = CO_TRY(co_await call.read(viewer));
    co_return co_await current(reads, std::string(json::name_of(call.language)));
}

}  // namespace

Task<Theme> current(pg::TenantReads reads, std::string language) {
    Theme theme;
    theme.name = (co_await reads.one(find_name)).value_or("");
    std::vector<File> files;
    for (auto& row : co_await reads.all(find_schemas))
        files.push_back({row.path, std::move(row.content.data)});
    theme.sections = section_types(files, language);
    co_return theme;
}

std::vector<api::Endpoint> endpoints() {
    return {api::get(
        "/orgs/{org}/theme", show_theme, "Show the theme's section types, for the editor's forms"
    )};
}

}  // namespace luster::themes
