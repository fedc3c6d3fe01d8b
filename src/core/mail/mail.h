// Mails to people: each is a job, so that it is written with what it tells of, sent again when the
// mail server is away, and never sent before the commit. Its content (links hold tokens) is sealed
// at rest.
#pragma once

#include "base/crypto_keyring.h"
#include "core/jobs/jobs.h"
#include "core/mail/letter.h"
#include "io/clock/clock.h"
#include "io/smtp/smtp.h"

namespace luster::mail {

struct SealedLetter {
    std::string sealed;
};
BOOST_DESCRIBE_STRUCT(SealedLetter, (), (sealed))

inline constexpr jobs::Name<SealedLetter> send_job{"mail.send"};

struct Settings {
    smtp::Mailbox from;
    std::string panel_url;  // "https://admin.example.org", where links lead
    Brand brand;
};

class Post {
public:
    Post(Settings settings, const crypto::Keyring& keys, smtp::Smtp& smtp, Random& random);

    // Part of the caller's transaction; `id` names the job and becomes the Message-ID.
    Task<void> send(
        pg::ControlTx& tx, JobId id, std::optional<OrgId> organization, Letter letter, Time now
    );
    // "https://admin.example.org/reset?token=…"
    std::string link(std::string_view path, std::string_view token) const;
    std::string link(std::string_view path) const;

    std::vector<jobs::Kind> jobs();

private:
    Task<jobs::Outcome> deliver(jobs::Scope& scope, SealedLetter sealed);

    Settings settings_;
    const crypto::Keyring& keys_;
    smtp::Smtp& smtp_;
    Random& random_;
};

}  // namespace luster::mail
