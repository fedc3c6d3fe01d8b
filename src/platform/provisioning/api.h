// How far an organization's provisioning is, as documents and as a stream.
#pragma once

#include "base/messages.h"
#include "core/api/endpoint.h"
#include "platform/provisioning/provisioning.h"

namespace luster::provisioning {

class Api {
public:
    explicit Api(Desk& desk) : desk_(desk) {}
    std::vector<api::Endpoint> endpoints();

private:
    using Call = api::Call;
    Task<Result<View>> show(Call& call, Permit<Right::read_content> viewer);
    Task<Result<api::Events>> events(Call& call, Permit<Right::read_content> viewer);
    Task<Result<api::Accepted<View>>> try_again(Call& call, Permit<Right::administer> admin);

    Desk& desk_;
};

messages::Source sentences();

}  // namespace luster::provisioning
