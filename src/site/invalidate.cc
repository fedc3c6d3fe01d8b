#include "site/invalidate.h"

#include "cms/pages/pages.h"
#include "cms/settings/settings.h"
#include "site/stored_content.h"

#include <fmt/format.h>

#include <charconv>

namespace luster::site {
namespace {

struct News {
    OrgId organization;
    std::int64_t generation = 0;
};

const pg::TenantQuery<void(std::string_view)> notify_pod{
    "site.notify_pod", "SELECT pg_notify($1, '')"
};

std::optional<News> read_item(std::string_view item) {
    News news;
    auto end = item.data() + item.size();
    auto [colon, wrong] = std::from_chars(item.data(), end, news.organization.value);
    if (wrong != std::errc() || colon == end || *colon != ':') return std::nullopt;
    if (std::from_chars(colon + 1, end, news.generation).ptr != end) return std::nullopt;
    return news;
}

}  // namespace

std::vector<outbox::Listener> Invalidation::listeners() {
    auto hear = [this](outbox::Delivery delivery, const auto&) {
        return changed(delivery.organization);
    };
    return {
        outbox::listener<pages::SiteChanged>("page cache", hear),
        outbox::listener<settings::Changed>("page cache", hear),
    };
}

void Invalidation::notified(std::string_view payload) {
    while (!payload.empty()) {
        auto item = payload.substr(0, payload.find(' '));
        if (auto news = read_item(item)) runtime_.raise(news->organization, news->generation);
        payload.remove_prefix(std::min(payload.size(), item.size() + 1));
    }
}

Task<void> Invalidation::changed(OrgId organization) {
    auto generation = co_await StoredContent(tenants_, organization).generation();
    runtime_.raise(organization, generation);
    notifier_.tell(std::string(channel), fmt::format("{}:{}", organization.value, generation));
    co_await tell_pod(organization);
}

// After the work, and without a flush of its own: this commit takes a lock of the whole server.
Task<void> Invalidation::tell_pod(OrgId organization) {
    auto tx = co_await TenantScopes(tenants_).begin(organization);
    co_await tx.execute("SET LOCAL synchronous_commit = off");
    co_await tx.run(notify_pod, pod_channel);
    co_await tx.commit();
}

}  // namespace luster::site
