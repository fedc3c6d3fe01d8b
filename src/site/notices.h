// Plain pages for when there is no page of the site to show. They name neither platform nor agency.
#pragma once

#include "base/messages.h"
#include "io/http/http.h"

namespace luster::site {

messages::Source sentences();

enum class Notice { being_set_up, unavailable, unknown, no_file, preview_over, method };
http::Response notice(Notice what, const http::Request& request);

}  // namespace luster::site
