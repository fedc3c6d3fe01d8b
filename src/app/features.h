// The features of the platform as objects, and what each brings: endpoints, jobs, listeners,
// sentences. There is no registration anywhere else.
#pragma once

#include "app/backbone.h"
#include "cms/pages/api.h"
#include "core/jobs/worker.h"
#include "core/mail/mail.h"
#include "io/smtp/smtp.h"
#include "platform/identity/api.h"
#include "platform/identity/sessions.h"
#include "platform/orgs/api.h"
#include "platform/provisioning/api.h"
#include "platform/signup/signup.h"

namespace luster::app {

class Features {
public:
    Features(Backbone& backbone, smtp::Smtp& smtp);

    std::vector<api::Endpoint> endpoints();
    std::vector<jobs::Kind> jobs();
    std::vector<outbox::Listener> listeners();

    mail::Post post;
    jobs::Bell bell;
    identity::Sessions sessions;
    provisioning::Desk desk;
    identity::Identity identity;

private:
    Backbone& backbone_;
    identity::Api identity_api_;
    signup::Signup signup_;
    orgs::Organizations orgs_api_;
    provisioning::Api provisioning_api_;
    themes::Rulebook rulebook_;
    pages::Api pages_api_;
};

// Every feature's catalogue; once, before the loops run.
void install_messages();

}  // namespace luster::app
