#include "platform/provisioning/api.h"

#include "core/audit/audit.h"

#include <chrono>

namespace luster::provisioning {
namespace {

constexpr char sentences_en[] = {
#embed "messages/en.json"
};
constexpr char sentences_de[] = {
#embed "messages/de.json"
};

// Looked at this often even when nobody has told: a notification may be lost with its connection.
constexpr std::chrono::seconds news_after_at_most{2};

// Until the site is ready, or somebody must look at it. The stream carries whole documents, so
// whoever comes back needs no more than the newest.
Task<void> tell(Desk& desk, OrgId organization, api::EventSink& sink) {
    auto seat = co_await desk.watch().sit(organization);
    std::int64_t told = -1;
    while (true) {
        auto now = co_await desk.view(organization);
        if (!now) co_return;
        if (now->version != told) {
            auto id = std::to_string(now->version);
            if (!co_await sink.send("provisioning", json::to_string(now->view), id)) co_return;
            told = now->version;
        }
        if (now->view.status != Stage::provisioning) co_return;
        co_await seat->wait(news_after_at_most);
        if (!co_await sink.still_allowed()) co_return;
    }
}

}  // namespace

Task<Result<View>> Api::show(Call&, Permit<Right::read_content> viewer) {
    auto found = co_await desk_.view(viewer.organization());
    if (!found) co_return refuse(not_found("organization"));
    co_return std::move(found->view);
}

Task<Result<api::Events>> Api::events(Call&, Permit<Right::read_content> viewer) {
    auto organization = viewer.organization();
    co_return api::Events{[&desk = desk_, organization](api::EventSink& sink) {
        return tell(desk, organization, sink);
    }};
}

Task<Result<api::Accepted<View>>> Api::try_again(Call& call, Permit<Right::administer> admin) {
    auto organization = admin.organization();
    auto tx = co_await call.services.control.begin();
    CO_TRY(co_await desk_.try_again(tx, organization, call.now()));
    audit::Entry entry{
        .organization = organization,
        .user = admin.user(),
        .user_name = admin.user_name(),
        .action = "provisioning.retry",
        .target = organization.text(),
    };
    co_await audit::enter(tx, call.new_id<EventTag>(), call.now(), std::move(entry));
    co_await tx.commit();
    desk_.wake(organization);
    auto found = co_await desk_.view(organization);
    if (!found) co_return refuse(not_found("organization"));
    co_return api::Accepted<View>{std::move(found->view)};
}

std::vector<api::Endpoint> Api::endpoints() {
    return {
        api::get("/orgs/{org}/provisioning", this, &Api::show, "Show how far the set-up is"),
        api::get(
            "/orgs/{org}/provisioning/events",
            this,
            &Api::events,
            "Follow the set-up until the site is ready or has failed"
        ),
        api::post(
            "/orgs/{org}/provisioning/attempts",
            this,
            &Api::try_again,
            "Try again after the set-up has failed"
        ),
    };
}

messages::Source sentences() {
    return {
        "provisioning", {sentences_en, sizeof sentences_en}, {sentences_de, sizeof sentences_de}
    };
}

}  // namespace luster::provisioning
