// Content out of an organization's database: what is published, read as the theme role; and the
// same with one page's draft in its place, for previews.
#pragma once

#include "core/tenancy/scopes.h"
#include "io/clock/clock.h"
#include "site/content.h"

namespace luster::site {

class StoredContent : public Content {
public:
    StoredContent(Tenants& tenants, OrgId organization)
        : tenants_(tenants), organization_(organization) {}

    Task<std::int64_t> generation() override;
    Task<Outline> outline() override;
    Task<std::optional<PageContent>> page(PageId id, std::string language) override;
    Task<std::vector<ThemeFile>> theme(ThemeVersionId version) override;
    Task<std::vector<Found>> search(std::string language, std::string terms, std::size_t limit)
        override;

private:
    Tenants& tenants_;
    OrgId organization_;
};

// Opened by a token that core/pages gave out, kept open by a cookie; both only as hashes in the
// database.
class StoredPreviews final : public Previews {
public:
    StoredPreviews(
        Tenants& tenants, Clock& clock, Random& random, std::vector<std::string> panel_origins
    )
        : tenants_(tenants),
          clock_(clock),
          random_(random),
          panel_origins_(std::move(panel_origins)) {}

    Task<std::optional<Opened>> open(OrgId organization, std::string token) override;
    Task<std::unique_ptr<Content>> content(OrgId organization, std::string cookie) override;
    std::vector<std::string> panel_origins() const override { return panel_origins_; }

private:
    Tenants& tenants_;
    Clock& clock_;
    Random& random_;
    std::vector<std::string> panel_origins_;
};

}  // namespace luster::site
