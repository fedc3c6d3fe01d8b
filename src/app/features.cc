#include "app/features.h"

#include "cms/settings/settings.h"
#include "cms/themes/api.h"
#include "core/mail/letter.h"
#include "io/s3/refusals.h"
#include "site/notices.h"

#include <array>

namespace luster::app {
namespace {

identity::Branding branding_of(const BrandConfig& config) {
    return {config.app_name, config.accent, std::nullopt, std::nullopt};
}

mail::Settings mail_settings(const Config& config) {
    return {
        smtp::mailbox_from(config.mail.from),
        places_of(config).panel(),
        {config.brand.app_name, config.brand.accent}
    };
}

// What an organization's change means to the rest of the platform.
orgs::Hooks hooks_of(Backbone& backbone, provisioning::Desk& desk) {
    auto dress = [&backbone](OrgId organization, orgs::SiteIdentity identity) -> Task<void> {
        auto tx = co_await TenantScopes(backbone.tenants).begin(organization);
        co_await settings::follow(tx, {std::move(identity.name), std::move(identity.time_zone)});
        co_await tx.commit();
    };
    return {
        [&backbone](OrgId organization) { return backbone.directory.changed(organization); },
        [&desk](OrgId organization) { desk.wake(organization); },
        dress,
    };
}

template <class T>
void append(std::vector<T>& all, std::vector<T> more) {
    std::ranges::move(more, std::back_inserter(all));
}

}  // namespace

Features::Features(Backbone& backbone, smtp::Smtp& smtp)
    : post(mail_settings(backbone.config), backbone.keys, smtp, backbone.random),
      bell(backbone.notifier),
      sessions(backbone.loops, backbone.control, backbone.notifier, backbone.clock, backbone.log),
      desk(
          backbone.loops,
          backbone.control,
          backbone.notifier,
          places_of(backbone.config).site("{slug}")
      ),
      identity({
          backbone.control,
          sessions,
          backbone.work_pool,
          post,
          bell,
          backbone.random,
          branding_of(backbone.config.brand),
          hooks_of(backbone, desk),
      }),
      backbone_(backbone),
      identity_api_(identity),
      signup_(identity),
      orgs_api_(backbone.control, bell, hooks_of(backbone, desk)),
      provisioning_api_(desk),
      pages_api_(rulebook_) {}

std::vector<api::Endpoint> Features::endpoints() {
    std::vector<api::Endpoint> all;
    append(all, identity_api_.endpoints());
    append(all, signup_.endpoints());
    append(all, orgs_api_.endpoints());
    append(all, provisioning_api_.endpoints());
    append(all, pages_api_.endpoints());
    append(all, themes::endpoints());
    return all;
}

std::vector<jobs::Kind> Features::jobs() {
    std::vector<jobs::Kind> all;
    append(all, post.jobs());
    append(all, identity.jobs());
    append(all, signup_.jobs());
    append(all, orgs_api_.jobs());
    return all;
}

std::vector<outbox::Listener> Features::listeners() {
    return pages::listeners(TenantScopes(backbone_.tenants), backbone_.clock);
}

void install_messages() {
    std::array sources{
        identity::sentences(),
        orgs::sentences(),
        signup::sentences(),
        provisioning::sentences(),
        mail::sentences(),
        pages::sentences(),
        themes::sentences(),
        site::sentences(),
        s3::sentences(),
    };
    messages::install(sources);
}

}  // namespace luster::app
