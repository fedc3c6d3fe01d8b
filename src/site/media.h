// Files of an organization's bucket, below /media/.
#pragma once

#include "io/http/http.h"
#include "io/s3/buckets.h"

namespace luster::site {

constexpr std::string_view media_prefix = "/media/";
Task<http::Response> media(s3::Buckets& buckets, OrgId organization, const http::Request& request);

}  // namespace luster::site
