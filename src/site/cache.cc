#include "site/cache.h"

#include <algorithm>
#include <cstring>
#include <xxhash.h>

namespace luster::site {
namespace {

// Calls `each` with name and raw value of the query's parameters until it returns true.
template <class Each>
bool any_parameter(std::string_view query, Each each) {
    while (!query.empty()) {
        auto end = std::min(query.find('&'), query.size());
        auto pair = query.substr(0, end);
        auto equals = std::min(pair.find('='), pair.size());
        if (each(pair.substr(0, equals), pair.substr(std::min(equals + 1, pair.size()))))
            return true;
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    return false;
}

}  // namespace

PageCache::PageCache(std::size_t bytes_max, std::size_t shards)
    : shard_bytes_max_(bytes_max / shards),
      shard_count_(shards),
      shards_(std::make_unique<Shard[]>(shards)) {}

std::size_t PageCache::Hash::operator()(std::string_view key) const {
    return XXH3_64bits(key.data(), key.size());
}

PageCache::Shard& PageCache::shard_of(std::string_view key) {
    // Other bits than those that choose the bucket.
    return shards_[(Hash()(key) >> 48) % shard_count_];
}

std::shared_ptr<const Entry> PageCache::find(std::string_view key) {
    auto& shard = shard_of(key);
    std::lock_guard lock(shard.mutex);
    auto found = shard.slots.find(key);
    if (found == shard.slots.end()) return nullptr;
    shard.uses.splice(shard.uses.begin(), shard.uses, found->second.use);
    return found->second.entry;
}

void PageCache::put(std::string_view key, std::shared_ptr<const Entry> entry) {
    auto& shard = shard_of(key);
    std::lock_guard lock(shard.mutex);
    auto found = shard.slots.find(key);
    if (found != shard.slots.end() && found->second.entry->generation() > entry->generation())
        return;
    store(shard, key, std::move(entry));
}

void PageCache::improve(
    std::string_view key, const Entry* entry, std::shared_ptr<const Entry> better
) {
    auto& shard = shard_of(key);
    std::lock_guard lock(shard.mutex);
    auto found = shard.slots.find(key);
    if (found != shard.slots.end() && found->second.entry.get() == entry)
        store(shard, key, std::move(better));
}

void PageCache::store(Shard& shard, std::string_view key, std::shared_ptr<const Entry> entry) {
    auto bytes = entry->bytes() + 2 * key.size() + sizeof(Slot);
    if (bytes > shard_bytes_max_ / 4) return;  // one answer must not drive out all others
    auto [slot, added] = shard.slots.try_emplace(std::string(key));
    if (added) {
        shard.uses.push_front(&slot->first);
        slot->second.use = shard.uses.begin();
    }
    shard.bytes += bytes - slot->second.bytes;
    slot->second.bytes = bytes;
    slot->second.entry = std::move(entry);
    shard.uses.splice(shard.uses.begin(), shard.uses, slot->second.use);
    make_room(shard);
}

void PageCache::make_room(Shard& shard) {
    while (shard.bytes > shard_bytes_max_) {
        auto victim = shard.slots.find(*shard.uses.back());
        shard.bytes -= victim->second.bytes;
        shard.uses.pop_back();
        shard.slots.erase(victim);
        ++shard.evicted;
    }
}

PageCache::Stats PageCache::stats() const {
    Stats total;
    for (std::size_t i = 0; i < shard_count_; ++i) {
        std::lock_guard lock(shards_[i].mutex);
        total.entries += shards_[i].slots.size();
        total.bytes += shards_[i].bytes;
        total.evicted += shards_[i].evicted;
    }
    return total;
}

std::string_view page_number(std::string_view query) {
    std::string_view number;
    any_parameter(query, [&](std::string_view name, std::string_view value) {
        if (name != "page") return false;
        bool plain = !value.empty() && value.size() <= 4 && value[0] != '0' &&
                     std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
        if (plain && value != "1") number = value;
        return true;
    });
    return number;
}

bool has_parameter(std::string_view query, std::string_view name) {
    return any_parameter(query, [&](std::string_view found, std::string_view) {
        return found == name;
    });
}

bool CacheKey::set(const http::Request& request) {
    // What somebody searches for is asked once, seldom twice.
    if (has_parameter(request.query, "q")) return false;
    return set(request.scheme, request.host, request.path, page_number(request.query));
}

bool CacheKey::set(
    std::string_view scheme, std::string_view host, std::string_view path, std::string_view page
) {
    length_ = 0;
    return add(scheme) && add(" ") && add(host) && add(" ") && add(path) &&
           (page.empty() || (add(" ") && add(page)));
}

bool CacheKey::add(std::string_view piece) {
    if (length_ + piece.size() > bytes_.size()) return false;
    std::memcpy(bytes_.data() + length_, piece.data(), piece.size());
    length_ += piece.size();
    return true;
}

}  // namespace luster::site
