// Files of organizations by the words of S3: buckets, keys, media types. A folder stores them by
// default; every store passes the same conformance test (conformance_test.cc).
//
// A put is whole or not at all, and what was put survives a crash once put() has returned. A fault
// of the store (disk full, service away) is an exception; what the caller asked wrongly is a
// refusal.
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "io/loop/task.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace luster::s3 {

struct ObjectInfo {
    std::string key;
    std::uint64_t bytes = 0;
    std::string media_type;
    Time changed_at;
};

// A body in pieces: each call gives the next one, an empty piece is the end. Called by one reader.
using Pieces = std::function<Task<std::string>()>;
Pieces pieces_of(std::string whole);
Task<std::string> read_all(Pieces pieces);

struct Object {
    ObjectInfo info;
    Pieces body;
};

struct Listing {
    std::vector<ObjectInfo> objects;  // by key, ascending
    bool more = false;                // ask again with `after` = the last key
};

constexpr std::size_t key_bytes_max = 900;
constexpr std::size_t segment_bytes_max = 200;
constexpr std::size_t listing_max = 1000;

// 3–63 of [a-z0-9-], first and last a letter or digit.
bool is_bucket_name(std::string_view name);
// Segments divided by `/`; none is empty, begins with a dot or is over 200 bytes; no control
// character, no backslash, valid UTF-8. A key can't be another key's folder: "a" and "a/b" exclude
// each other.
bool is_key(std::string_view key);
bool is_media_type(std::string_view type);  // "image/webp", "text/css; charset=utf-8"
// What a file of this name usually is; "application/octet-stream" where nothing is known.
std::string_view media_type_of(std::string_view key);
std::string media_bucket(OrgId organization);  // "org-7-media"

class Buckets {
public:
    virtual ~Buckets() = default;

    // Does nothing where the bucket is there already.
    virtual Task<Result<void>> create(std::string bucket) = 0;
    virtual Task<bool> exists(std::string bucket) = 0;
    // The bucket and all that is in it; does nothing where it is gone already.
    virtual Task<void> remove_bucket(std::string bucket) = 0;

    virtual Task<Result<void>> put(
        std::string bucket, std::string key, std::string media_type, Pieces body
    ) = 0;
    virtual Task<Result<Object>> get(std::string bucket, std::string key) = 0;
    // Does nothing where the object is gone already.
    virtual Task<Result<void>> remove(std::string bucket, std::string key) = 0;
    // Keys that begin with `prefix` and come after `after`, `limit` (at most 1,000) at a time.
    virtual Task<Result<Listing>> list(
        std::string bucket, std::string prefix, std::string after, std::size_t limit
    ) = 0;
};

}  // namespace luster::s3
