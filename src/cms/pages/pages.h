// Pages: what an organization's people write and its visitors read. A page has a draft; publishing
// copies it to what visitors see. A change names the version that it saw, so nobody's work is lost.
#pragma once

#include "base/json.h"
#include "base/messages.h"
#include "cms/themes/themes.h"
#include "core/access/access.h"
#include "core/api/answers.h"
#include "core/outbox/outbox.h"
#include "core/tenancy/scopes.h"
#include "io/clock/clock.h"

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

namespace luster::pages {

// Scheduled is what goes out for the first time; what is out stays `published` or `changed` while a
// time for its next publication is set.
enum class State { draft, scheduled, published, changed, binned };
BOOST_DESCRIBE_ENUM(State, draft, scheduled, published, changed, binned)
enum class Template { home, page };
BOOST_DESCRIBE_ENUM(Template, home, page)

// Events. What visitors see has changed:
struct SiteChanged {
    static constexpr std::string_view kind = "site.changed";
    PageId page;
};
BOOST_DESCRIBE_STRUCT(SiteChanged, (), (page))
// A publication that was ordered ahead is due, unless it was ordered anew since.
struct PublicationDue {
    static constexpr std::string_view kind = "page.publication_due";
    PageId page;
    std::string language;
    Time at;
};
BOOST_DESCRIBE_STRUCT(PublicationDue, (), (page, language, at))
// A page has been in the bin for as long as the bin keeps one, unless it left it since.
struct ErasureDue {
    static constexpr std::string_view kind = "page.erasure_due";
    PageId page;
    Time at;
};
BOOST_DESCRIBE_STRUCT(ErasureDue, (), (page, at))

// For so long can a page be brought back from the bin.
constexpr Duration bin_keeps = std::chrono::days(30);

struct Seo {
    std::optional<std::string> title;
    std::optional<std::string> description;
    bool noindex = false;
};
BOOST_DESCRIBE_STRUCT(Seo, (), (title, description, noindex))

// The form of a page's content, as the document describes it; sections.h says what is checked.
struct Block {
    std::string type;
    std::map<std::string, json::Value> settings;
};
BOOST_DESCRIBE_STRUCT(Block, (), (type, settings))
struct Section {
    std::string type;
    std::map<std::string, json::Value> settings;
    Omitted<std::map<std::string, Block>> blocks;
    Omitted<std::vector<std::string>> block_order;
    Omitted<bool> disabled;
};
BOOST_DESCRIBE_STRUCT(Section, (), (type, settings, blocks, block_order, disabled))
struct Sections {
    std::map<std::string, Section> sections;
    std::vector<std::string> order;
};
BOOST_DESCRIBE_STRUCT(Sections, (), (sections, order))

struct PageSummary {
    PageId id;
    std::string language;
    std::string title;
    std::string path;  // where visitors find it; of one that is not out, where they will
    Template template_ = Template::page;
    State state = State::draft;
    Time updated_at;
    std::optional<std::string> updated_by;
    std::optional<Time> published_at;
    std::optional<Time> publish_at;    // when its draft goes out
    std::optional<Time> binned_until;  // when it goes for good, of one in the bin
};
BOOST_DESCRIBE_STRUCT(
    PageSummary,
    (),
    (id,
     language,
     title,
     path,
     template_,
     state,
     updated_at,
     updated_by,
     published_at,
     publish_at,
     binned_until)
)

struct Page : PageSummary {
    std::string slug;
    json::Written<Sections> sections;
    Seo seo;
    std::int64_t revision = 1;  // on the wire it is the ETag
};
BOOST_DESCRIBE_STRUCT(Page, (PageSummary), (slug, sections, seo))

struct Counts {
    // `all` are those outside the bin.
    std::int64_t all = 0, published = 0, draft = 0, scheduled = 0, changed = 0, binned = 0;
};
BOOST_DESCRIBE_STRUCT(Counts, (), (all, published, draft, scheduled, changed, binned))

// What the people of a new site have done already.
struct Progress {
    bool home_edited = false;
    bool own_published = false;  // a page that somebody has written in is out
};

// Who changes something, for revisions and the list.
struct Author {
    UserId user;
    std::string name;
};
template <Right R>
Author author(const Permit<R>& permit) {
    return {permit.user(), permit.user_name()};
}

struct NewPage {
    std::string title;
    std::string slug;  // empty: made from the title
    std::string language;
    json::Value sections;
};
struct Edit {
    std::optional<std::string> title;
    std::optional<std::string> slug;
    std::optional<json::Value> sections;
    Change<std::string> seo_title;
    Change<std::string> seo_description;
    std::optional<bool> noindex;
};

// Where a list goes on: behind the page that was shown last, in the order in which it was shown.
struct Cursor {
    std::optional<std::string> title;  // by title, else…
    std::optional<Time> updated_at;    // …the latest change first
    PageId id;
};
std::string to_text(const Cursor& cursor);  // opaque to callers
std::optional<Cursor> parse_cursor(std::string_view text);

struct Filter {
    std::string search;
    std::optional<State> state;
    std::optional<std::string> language;
    bool by_title = false;  // else the latest change first
    std::int64_t limit = api::page_size_default;
    std::optional<Cursor> cursor;
    // What was written last is first in the bin, whatever is asked.
    bool orders_by_title() const { return by_title && state != State::binned; }
};
struct Found {
    std::vector<PageSummary> items;
    std::optional<Cursor> next;
};

Task<Found> list(pg::TenantReads reads, Filter filter);
Task<Progress> progress(pg::TenantReads reads);
Task<Counts> count(pg::TenantReads reads, std::optional<std::string> language);
Task<Result<Page>> find(pg::TenantReads reads, PageId id, std::string language);

// Both refuse sections that the site's theme does not allow; an edit what is new or changed in
// them.
Task<Result<Page>> create(
    TenantTx& tx, themes::Rulebook& rulebook, PageId id, NewPage page, Author author, Time now
);
Task<Result<Page>> edit(
    TenantTx& tx,
    themes::Rulebook& rulebook,
    PageId id,
    std::string language,
    api::IfMatch seen,
    Edit edit,
    Author author,
    Time now
);
// Now, or when `at` comes.
Task<Result<Page>> publish(
    TenantTx& tx,
    PageId id,
    std::string language,
    api::IfMatch seen,
    std::optional<Time> at,
    Author author,
    Time now
);
Task<Result<Page>> withdraw(
    TenantTx& tx, PageId id, std::string language, api::IfMatch seen, Time now
);
// Takes back the time of its next publication; what is out stays as it is.
Task<Result<Page>> unschedule(TenantTx& tx, PageId id, std::string language, api::IfMatch seen);
// Does what `event` says if it still holds; nothing otherwise.
Task<void> publish_due(TenantTx& tx, PublicationDue event, Time now);
std::vector<outbox::Listener> listeners(TenantScopes scopes, Clock& clock);
// In all its languages, as what follows: it can be brought back until `bin_keeps` is over.
Task<Result<void>> bin(TenantTx& tx, PageId id, Time now);
Task<Result<PageSummary>> restore(TenantTx& tx, PageId id, Time now);
// For good and with its revisions, of what is in the bin.
Task<Result<void>> erase(TenantTx& tx, PageId id);
// The same of what came into the bin early enough for `event`; nothing otherwise.
Task<void> erase_due(TenantTx& tx, ErasureDue event);

messages::Source sentences();

// The words of a page, for search.
std::string plain_text(std::string_view title, const json::Value& sections);

// A page as JSON, for the 412 that shows the other version.
json::Value to_json(const Page& page);

}  // namespace luster::pages
