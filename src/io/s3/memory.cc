#include "io/s3/memory.h"

#include "io/s3/refusals.h"

namespace luster::s3 {
namespace {

ObjectInfo info_of(const std::string& key, const auto& stored) {
    return {key, stored.body.size(), stored.media_type, stored.changed_at};
}

// Whether `key` would need a folder where an object is, or an object where a folder is.
bool in_the_way(const auto& bucket, const std::string& key) {
    for (auto slash = key.find('/'); slash != std::string::npos; slash = key.find('/', slash + 1)) {
        if (bucket.contains(key.substr(0, slash))) return true;
    }
    auto below = bucket.lower_bound(key + "/");
    return below != bucket.end() && below->first.starts_with(key + "/");
}

}  // namespace

Task<Result<void>> MemoryBuckets::create(std::string bucket) {
    CO_TRY(check_bucket(bucket));
    buckets_.try_emplace(std::move(bucket));
    co_return Result<void>();
}

Task<bool> MemoryBuckets::exists(std::string bucket) {
    co_return buckets_.contains(bucket);
}

Task<void> MemoryBuckets::remove_bucket(std::string bucket) {
    buckets_.erase(bucket);
    co_return;
}

Task<Result<void>> MemoryBuckets::put(
    std::string bucket, std::string key, std::string media_type, Pieces body
) {
    CO_TRY(check_key(bucket, key));
    LUSTER_ASSERT(is_media_type(media_type));
    auto whole = co_await read_all(std::move(body));
    auto found = buckets_.find(bucket);
    if (found == buckets_.end()) co_return refuse(no_bucket(bucket));
    if (in_the_way(found->second, key)) co_return refuse(key_in_the_way(key));
    found->second.insert_or_assign(
        std::move(key), Stored{std::move(whole), std::move(media_type), clock_.now()}
    );
    co_return Result<void>();
}

Task<Result<Object>> MemoryBuckets::get(std::string bucket, std::string key) {
    CO_TRY(check_key(bucket, key));
    auto found = buckets_.find(bucket);
    if (found == buckets_.end()) co_return refuse(no_bucket(bucket));
    auto stored = found->second.find(key);
    if (stored == found->second.end()) co_return refuse(no_object(key));
    co_return Object{info_of(stored->first, stored->second), pieces_of(stored->second.body)};
}

Task<Result<void>> MemoryBuckets::remove(std::string bucket, std::string key) {
    CO_TRY(check_key(bucket, key));
    auto found = buckets_.find(bucket);
    if (found != buckets_.end()) found->second.erase(key);
    co_return Result<void>();
}

Task<Result<Listing>> MemoryBuckets::list(
    std::string bucket, std::string prefix, std::string after, std::size_t limit
) {
    CO_TRY(check_bucket(bucket));
    auto found = buckets_.find(bucket);
    if (found == buckets_.end()) co_return refuse(no_bucket(bucket));
    Listing listing;
    limit = std::min(limit, listing_max);
    auto& objects = found->second;
    auto at = after < prefix ? objects.lower_bound(prefix) : objects.upper_bound(after);
    for (; at != objects.end() && at->first.starts_with(prefix); ++at) {
        if (listing.objects.size() == limit) {
            listing.more = true;
            break;
        }
        listing.objects.push_back(info_of(at->first, at->second));
    }
    co_return listing;
}

std::vector<std::string> MemoryBuckets::bucket_names() const {
    std::vector<std::string> names;
    for (auto& [name, bucket] : buckets_) names.push_back(name);
    return names;
}

}  // namespace luster::s3
