// What every store refuses in the same words.
#pragma once

#include "base/messages.h"
#include "io/s3/buckets.h"

namespace luster::s3 {

messages::Source sentences();

Result<void> check_bucket(std::string_view bucket);
Result<void> check_key(std::string_view bucket, std::string_view key);
Problem no_bucket(std::string_view bucket);
Problem no_object(std::string_view key);
Problem key_in_the_way(std::string_view key);  // a folder where an object should be, or the reverse

}  // namespace luster::s3
