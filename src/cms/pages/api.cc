#include "cms/pages/api.h"

#include "base/crypto.h"
#include "cms/pages/pages.h"
#include "cms/previews/previews.h"
#include "cms/settings/settings.h"

#include <fmt/format.h>

namespace luster::pages {
namespace {

using api::Call;
using api::Created;
using api::IfMatch;
using api::NoContent;
using api::Tagged;

// --- requests
// ---------------------------------------------------------------------------------------
struct ListPages {
    std::optional<Text<0, 200>> search;
    std::optional<State> state;
    std::optional<LanguageText> language;
    std::optional<Text<1, 20>> sort;  // "title", or "-updated_at" as without
    std::optional<api::PageSize> limit;
    std::optional<Text<1, 1'200>> cursor;  // holds a title
};
BOOST_DESCRIBE_STRUCT(ListPages, (), (search, state, language, sort, limit, cursor))

struct OnePage {
    PageId page;
    LanguageText language;
};
BOOST_DESCRIBE_STRUCT(OnePage, (), (page, language))

struct PublishPage {
    PageId page;
    LanguageText language;
    IfMatch if_match;
    std::optional<Time> publish_at;
};
BOOST_DESCRIBE_STRUCT(PublishPage, (), (page, language, if_match, publish_at))

// A page as its caller saw it.
struct SeenPage {
    PageId page;
    LanguageText language;
    IfMatch if_match;
};
BOOST_DESCRIBE_STRUCT(SeenPage, (), (page, language, if_match))

struct BinPage {
    PageId page;
};
BOOST_DESCRIBE_STRUCT(BinPage, (), (page))

struct OpenPreview {
    PageId page;
    LanguageText language;
};
BOOST_DESCRIBE_STRUCT(OpenPreview, (), (page, language))

// --- answers
// ----------------------------------------------------------------------------------------
struct PageList {
    std::vector<PageSummary> items;
    std::optional<std::string> next;
    Counts counts;
};
BOOST_DESCRIBE_STRUCT(PageList, (), (items, next, counts))

struct PreviewView {
    static constexpr std::string_view schema_name = "Preview";
    std::string url;
    Time expires_at;
};
BOOST_DESCRIBE_STRUCT(PreviewView, (), (url, expires_at))

struct PageCounts {
    std::int64_t published = 0, draft = 0, scheduled = 0;
};
BOOST_DESCRIBE_STRUCT(PageCounts, (), (published, draft, scheduled))
enum class ChecklistKey { name_site, edit_home, publish_page, verify_email };
BOOST_DESCRIBE_ENUM(ChecklistKey, name_site, edit_home, publish_page, verify_email)
struct ChecklistItem {
    ChecklistKey key;
    bool done = false;
};
BOOST_DESCRIBE_STRUCT(ChecklistItem, (), (key, done))
struct Dashboard {
    PageCounts pages;
    std::vector<PageSummary> recent;
    std::vector<ChecklistItem> checklist;
};
BOOST_DESCRIBE_STRUCT(Dashboard, (), (pages, recent, checklist))

// --- handlers
// ---------------------------------------------------------------------------------------
template <std::size_t Max>
Change<std::string> plain(const Change<Text<0, Max>>& change) {
    Change<std::string> result;
    if (change.cleared() || (change.given() && change.value.empty())) {
        result.state = Change<std::string>::State::cleared;
    } else if (change.given()) {
        result.state = Change<std::string>::State::given;
        result.value = change.value;
    }
    return result;
}

// The site's main language where none is named.
Task<Result<std::string>> language_of(
    Call& call, const Permit<Right::edit_content>& editor, std::optional<std::string> wanted
) {
    if (wanted) co_return *wanted;
    auto reads = CO_TRY(co_await call.read(editor));
    co_return co_await settings::main_language(reads);
}

Tagged<PageView> tagged(const Call& call, Page page) {
    auto url = call.services.places.site(call.organization_node().slug) + page.path;
    auto etag = api::etag_of(page.revision);
    return {{std::move(page), std::move(url)}, std::move(etag)};
}

Task<Result<PageList>> list_pages(
    Call& call, Permit<Right::read_content> viewer, ListPages request
) {
    auto reads = CO_TRY(co_await call.read(viewer));
    Filter filter;
    filter.search = request.search.value_or(Text<0, 200>());
    filter.state = request.state;
    filter.language = request.language;
    filter.by_title = request.sort == Text<1, 20>("title");
    if (request.sort && !filter.by_title && *request.sort != "-updated_at") {
        co_return refuse(
            invalid_field("/sort", {"field_choice", {{"choices", "title, -updated_at"}}})
        );
    }
    if (request.limit) filter.limit = *request.limit;
    if (request.cursor) {
        filter.cursor = parse_cursor(*request.cursor);
        bool fits = filter.cursor && filter.cursor->title.has_value() == filter.orders_by_title();
        if (!fits) co_return refuse(invalid_field("/cursor", {"field_cursor", {}}));
    }
    auto found = co_await pages::list(reads, filter);
    auto counts = co_await pages::count(reads, filter.language);
    std::optional<std::string> next;
    if (found.next) next = to_text(*found.next);
    co_return PageList{std::move(found.items), std::move(next), counts};
}

Task<Result<Tagged<PageView>>> show_page(
    Call& call, Permit<Right::read_content> viewer, OnePage request
) {
    auto reads = CO_TRY(co_await call.read(viewer));
    co_return tagged(call, CO_TRY(co_await pages::find(reads, request.page, request.language)));
}

Task<Result<Tagged<PageView>>> publish_page(
    Call& call, Permit<Right::edit_content> editor, PublishPage request
) {
    auto tx = CO_TRY(co_await call.begin(editor));
    auto page = CO_TRY(co_await pages::publish(
        tx,
        request.page,
        request.language,
        request.if_match,
        request.publish_at,
        author(editor),
        call.now()
    ));
    co_await tx.commit();
    co_return tagged(call, std::move(page));
}

Task<Result<Tagged<PageView>>> withdraw_page(
    Call& call, Permit<Right::edit_content> editor, SeenPage request
) {
    auto tx = CO_TRY(co_await call.begin(editor));
    auto page = CO_TRY(
        co_await pages::withdraw(tx, request.page, request.language, request.if_match, call.now())
    );
    co_await tx.commit();
    co_return tagged(call, std::move(page));
}

Task<Result<Tagged<PageView>>> unschedule_page(
    Call& call, Permit<Right::edit_content> editor, SeenPage request
) {
    auto tx = CO_TRY(co_await call.begin(editor));
    auto page =
        CO_TRY(co_await pages::unschedule(tx, request.page, request.language, request.if_match));
    co_await tx.commit();
    co_return tagged(call, std::move(page));
}

Task<Result<NoContent>> bin_page(Call& call, Permit<Right::edit_content> editor, BinPage request) {
    auto tx = CO_TRY(co_await call.begin(editor));
    CO_TRY(co_await pages::bin(tx, request.page, call.now()));
    co_await tx.commit();
    co_return NoContent{};
}

Task<Result<PageSummary>> restore_page(
    Call& call, Permit<Right::edit_content> editor, BinPage request
) {
    auto tx = CO_TRY(co_await call.begin(editor));
    auto page = CO_TRY(co_await pages::restore(tx, request.page, call.now()));
    co_await tx.commit();
    co_return page;
}

Task<Result<NoContent>> erase_page(
    Call& call, Permit<Right::edit_content> editor, BinPage request
) {
    auto tx = CO_TRY(co_await call.begin(editor));
    CO_TRY(co_await pages::erase(tx, request.page));
    co_await tx.commit();
    co_return NoContent{};
}

Task<Result<Created<PreviewView>>> open_preview(
    Call& call, Permit<Right::edit_content> editor, OpenPreview request
) {
    auto reads = CO_TRY(co_await call.read(editor));
    CO_TRY(co_await pages::find(reads, request.page, request.language));
    auto tx = CO_TRY(co_await call.begin_unkept(editor));
    auto token = crypto::make_token(call.services.random);
    auto expires_at = call.now() + previews::token_lives;
    co_await previews::add(
        tx, token.hash, {request.page, request.language, editor.user(), expires_at}, call.now()
    );
    auto site = call.services.places.site(call.organization_node().slug + "--preview");
    auto url = fmt::format("{}/-/preview?token={}", site, token.text.reveal());
    co_await tx.commit();
    co_return Created<PreviewView>{{url, expires_at}, {}};
}

Task<Result<Dashboard>> show_dashboard(Call& call, Permit<Right::read_content> viewer) {
    auto reads = CO_TRY(co_await call.read(viewer));
    auto counts = co_await pages::count(reads, std::nullopt);
    Filter latest;
    latest.limit = 5;
    auto recent = co_await pages::list(reads, latest);
    Dashboard dashboard{
        {counts.published + counts.changed, counts.draft, counts.scheduled}, {}, {}
    };
    dashboard.recent = std::move(recent.items);
    auto progress = co_await pages::progress(reads);
    dashboard.checklist = {
        {ChecklistKey::edit_home, progress.home_edited},
        {ChecklistKey::publish_page, progress.own_published},
        {ChecklistKey::verify_email, call.session->actor->verified},
    };
    co_return dashboard;
}

}  // namespace

Task<Result<Created<Tagged<PageView>>>> Api::create(
    Call& call, Permit<Right::edit_content> editor, CreatePage request
) {
    auto language = CO_TRY(co_await language_of(call, editor, request.language));
    auto tx = CO_TRY(co_await call.begin(editor));
    NewPage wanted{request.title, request.slug.value_or(Text<0, 100>()), language, {}};
    if (request.sections) wanted.sections = *request.sections;
    auto page = CO_TRY(co_await pages::create(
        tx, rulebook_, call.new_id<PageTag>(), wanted, author(editor), call.now()
    ));
    auto location = fmt::format(
        "/api/v1/orgs/{}/pages/{}/{}", call.organization_node().slug, page.id.text(), page.language
    );
    co_return co_await call.commit(tx, Created<Tagged<PageView>>{tagged(call, page), location});
}

Task<Result<Tagged<PageView>>> Api::edit(
    Call& call, Permit<Right::edit_content> editor, EditPage request
) {
    Edit wanted{request.title, request.slug, request.sections, {}, {}, {}};
    if (request.seo) {
        wanted.seo_title = plain(request.seo->title);
        wanted.seo_description = plain(request.seo->description);
        wanted.noindex = request.seo->noindex;
    }
    auto tx = CO_TRY(co_await call.begin(editor));
    tx.without_entry();  // saved while people type: the page's revisions tell who wrote what
    auto page = CO_TRY(co_await pages::edit(
        tx,
        rulebook_,
        request.page,
        request.language,
        request.if_match,
        wanted,
        author(editor),
        call.now()
    ));
    co_await tx.commit();
    co_return tagged(call, std::move(page));
}

std::vector<api::Endpoint> Api::endpoints() {
    using namespace api;
    constexpr auto page = "/orgs/{org}/pages/{page}/{language}";
    constexpr auto publication = "/orgs/{org}/pages/{page}/{language}/publication";
    constexpr auto schedule = "/orgs/{org}/pages/{page}/{language}/publication/schedule";
    return {
        get("/orgs/{org}/dashboard", show_dashboard, "What happened and what is to be done"),
        get("/orgs/{org}/pages", list_pages, "List pages"),
        post("/orgs/{org}/pages", this, &Api::create, "Make a page"),
        get(page, show_page, "Show a page with its draft"),
        patch(page, this, &Api::edit, "Change a page's draft"),
        put(publication, publish_page, "Publish a page, now or at a given time"),
        del(publication, withdraw_page, "Take a page off the site"),
        del(schedule, unschedule_page, "Take back the time of a page's next publication"),
        del("/orgs/{org}/pages/{page}", bin_page, "Move a page to the bin"),
        put("/orgs/{org}/pages/{page}/restoration", restore_page, "Bring a page back from the bin"),
        del("/orgs/{org}/bin/pages/{page}", erase_page, "Remove a page in the bin for good"),
        post("/orgs/{org}/previews", open_preview, "Open a draft in the preview"),
    };
}

}  // namespace luster::pages
