// The page cache: complete answers of all sites of the process, bounded by bytes, least recently
// used first out. It is looked into from every loop, so it has locks: one a shard, held for a
// look-up.
#pragma once

#include "site/entry.h"

#include <list>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace luster::site {

class PageCache {
public:
    explicit PageCache(std::size_t bytes_max, std::size_t shards = 16);

    // Current or not: ask the entry.
    std::shared_ptr<const Entry> find(std::string_view key);
    // An entry of an older generation doesn't replace a newer one.
    void put(std::string_view key, std::shared_ptr<const Entry> entry);
    // Puts `better` in the place of `entry`, if that is still what lies there.
    void improve(std::string_view key, const Entry* entry, std::shared_ptr<const Entry> better);

    struct Stats {
        std::size_t entries = 0, bytes = 0;
        std::uint64_t evicted = 0;
    };
    Stats stats() const;

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view key) const;
    };
    struct Slot {
        std::shared_ptr<const Entry> entry;
        std::size_t bytes = 0;
        std::list<const std::string*>::iterator use;
    };
    struct Shard {
        std::mutex mutex;
        std::unordered_map<std::string, Slot, Hash, std::equal_to<>> slots;
        std::list<const std::string*> uses;  // most recent first
        std::size_t bytes = 0;
        std::uint64_t evicted = 0;
    };
    Shard& shard_of(std::string_view key);
    void store(Shard& shard, std::string_view key, std::shared_ptr<const Entry> entry);
    void make_room(Shard& shard);

    std::size_t shard_bytes_max_;
    std::size_t shard_count_;
    std::unique_ptr<Shard[]> shards_;
};

// The name of an answer: scheme, host, path (with its language) and the allowed part of the query.
// Fits into the buffer or isn't cached.
class CacheKey {
public:
    // False where the answer to this request never lies in the cache.
    bool set(const http::Request& request);
    bool set(
        std::string_view scheme, std::string_view host, std::string_view path, std::string_view page
    );
    std::string_view text() const { return {bytes_.data(), length_}; }

private:
    bool add(std::string_view piece);
    std::array<char, 1'024> bytes_;
    std::size_t length_ = 0;
};

// The one query parameter that a cached page may depend on: "page=3", digits only; else empty.
std::string_view page_number(std::string_view query);
bool has_parameter(std::string_view query, std::string_view name);

}  // namespace luster::site
