// Pages over HTTP.
#pragma once

#include "cms/pages/pages.h"
#include "core/api/endpoint.h"

namespace luster::pages {

using LanguageText = Text<2, 12>;

struct CreatePage {
    Text<1, 200> title;
    std::optional<Text<0, 100>> slug;
    std::optional<LanguageText> language;
    std::optional<json::Shaped<Sections>> sections;
};
BOOST_DESCRIBE_STRUCT(CreatePage, (), (title, slug, language, sections))

struct EditSeo {
    Change<Text<0, 200>> title;
    Change<Text<0, 400>> description;
    std::optional<bool> noindex;
};
BOOST_DESCRIBE_STRUCT(EditSeo, (), (title, description, noindex))

struct EditPage {
    PageId page;
    LanguageText language;
    api::IfMatch if_match;
    std::optional<Text<1, 200>> title;
    std::optional<Text<1, 100>> slug;
    std::optional<json::Shaped<Sections>> sections;
    std::optional<EditSeo> seo;
};
BOOST_DESCRIBE_STRUCT(EditPage, (), (page, language, if_match, title, slug, sections, seo))

struct PageView : Page {
    static constexpr std::string_view schema_name = "Page";
    std::string url;
};
BOOST_DESCRIBE_STRUCT(PageView, (Page), (url))

class Api {
public:
    explicit Api(themes::Rulebook& rulebook) : rulebook_(rulebook) {}

    std::vector<api::Endpoint> endpoints();

private:
    Task<Result<api::Created<api::Tagged<PageView>>>> create(
        api::Call& call, Permit<Right::edit_content> editor, CreatePage request
    );
    Task<Result<api::Tagged<PageView>>> edit(
        api::Call& call, Permit<Right::edit_content> editor, EditPage request
    );

    themes::Rulebook& rulebook_;
};

}  // namespace luster::pages
