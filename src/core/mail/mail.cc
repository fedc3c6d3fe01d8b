#include "core/mail/mail.h"

#include "base/text_email.h"

namespace luster::mail {
namespace {

crypto::Place place_of(JobId id) {
    return {"job", "payload", id.text()};
}

}  // namespace

Post::Post(Settings settings, const crypto::Keyring& keys, smtp::Smtp& smtp, Random& random)
    : settings_(std::move(settings)), keys_(keys), smtp_(smtp), random_(random) {}

Task<void> Post::send(
    pg::ControlTx& tx, JobId id, std::optional<OrgId> organization, Letter letter, Time now
) {
    SealedLetter sealed{keys_.seal(place_of(id), json::to_string(letter), random_)};
    jobs::Place place{.id = id, .organization = organization, .key = id.text(), .run_at = now};
    co_await jobs::add(tx, send_job, place, sealed, now);
}

std::string Post::link(std::string_view path, std::string_view token) const {
    return link(path) + "?token=" + std::string(token);
}

std::string Post::link(std::string_view path) const {
    return settings_.panel_url + std::string(path);
}

std::vector<jobs::Kind> Post::jobs() {
    return {jobs::job(send_job, this, &Post::deliver, {.attempts = 8})};
}

Task<jobs::Outcome> Post::deliver(jobs::Scope& scope, SealedLetter sealed) {
    auto plain = keys_.open(place_of(scope.id), sealed.sealed);
    auto letter = jobs::payload_of<Letter>(plain.reveal());
    auto address = text::deliverable_email(letter.to);
    if (!address) co_return jobs::hopeless("the address can't be written in SMTP");
    auto written = write(letter, settings_.brand);
    smtp::Mail message{
        scope.id.text(),
        scope.now,
        settings_.from,
        {*address, letter.to_name},
        written.subject,
        written.text,
        written.html
    };
    try {
        co_await smtp_.send(std::move(message));
    } catch (const smtp::NotSent& fault) {
        if (fault.permanent()) co_return jobs::hopeless(fault.what());
        throw;
    }
    scope.log.info("mail sent");
    co_return jobs::done();
}

}  // namespace luster::mail
