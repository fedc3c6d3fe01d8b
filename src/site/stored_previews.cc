// A preview: the published site with one page's draft in its place.
#include "base/crypto.h"
#include "cms/pages/pages.h"
#include "cms/previews/previews.h"
#include "site/stored_content.h"

#include <boost/json/object.hpp>

#include <algorithm>

namespace luster::site {
namespace {

class DraftContent final : public StoredContent {
public:
    DraftContent(Tenants& tenants, OrgId organization, pages::Page draft)
        : StoredContent(tenants, organization), draft_(std::move(draft)) {}

    Task<Outline> outline() override {
        auto outline = co_await StoredContent::outline();
        std::erase_if(outline.pages, [&](const PageLine& line) {
            return line.language == draft_.language &&
                   (line.id == draft_.id || line.path == draft_.path);
        });
        outline.pages.push_back({
            draft_.id,
            draft_.language,
            draft_.path,
            draft_.title,
            std::string(json::name_of(draft_.template_)),
            draft_.published_at,
            draft_.updated_at,
            draft_.seo.noindex,
        });
        std::ranges::sort(outline.pages, {}, &PageLine::path);
        co_return outline;
    }

    Task<std::optional<PageContent>> page(PageId id, std::string language) override {
        if (id != draft_.id || language != draft_.language) {
            co_return co_await StoredContent::page(id, std::move(language));
        }
        auto sections = draft_.sections.value();
        co_return PageContent{
            sections.is_object() ? std::move(sections.get_object()) : boost::json::object(),
            draft_.seo.title.value_or(""),
            draft_.seo.description.value_or(""),
            draft_.seo.noindex,
        };
    }

private:
    pages::Page draft_;
};

}  // namespace

Task<std::optional<Previews::Opened>> StoredPreviews::open(OrgId organization, std::string token) {
    auto hash = crypto::token_hash(token);
    if (!hash) co_return std::nullopt;
    TenantScopes scopes(tenants_);
    auto cookie = crypto::make_token(random_);
    auto tx = co_await scopes.begin(organization);
    auto preview = co_await previews::exchange(tx, *hash, cookie.hash, clock_.now());
    if (!preview) co_return std::nullopt;
    co_await tx.commit();
    auto reads = co_await scopes.read(organization);
    auto page = co_await pages::find(reads, preview->page, preview->language);
    if (!page) co_return std::nullopt;
    auto main = (co_await StoredContent(tenants_, organization).outline()).language;
    auto path = page->language == main
                    ? page->path
                    : "/" + page->language + (page->path == "/" ? "" : page->path);
    auto seconds = std::chrono::duration_cast<std::chrono::seconds>(previews::cookie_lives).count();
    co_return Opened{std::string(cookie.text.reveal()), path, seconds};
}

Task<std::unique_ptr<Content>> StoredPreviews::content(OrgId organization, std::string cookie) {
    auto hash = crypto::token_hash(cookie);
    if (!hash) co_return nullptr;
    auto reads = co_await TenantScopes(tenants_).read(organization);
    auto preview = co_await previews::find(reads, *hash, clock_.now());
    if (!preview) co_return nullptr;
    auto page = co_await pages::find(reads, preview->page, preview->language);
    if (!page) co_return nullptr;
    co_return std::make_unique<DraftContent>(tenants_, organization, std::move(*page));
}

}  // namespace luster::site
