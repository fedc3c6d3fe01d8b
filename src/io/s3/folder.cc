#include "io/s3/folder.h"

#include "base/crypto.h"
#include "io/clock/clock.h"
#include "io/s3/files.h"
#include "io/s3/refusals.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <system_error>
#include <unistd.h>

namespace luster::s3 {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t piece_bytes = 256 * 1024;
constexpr int tries_max = 16;

fs::path type_file(const fs::path& folder, const std::string& key) {
    return folder / ".types" / key;
}

std::string stored_type(const fs::path& folder, const std::string& key) {
    auto file = File::open(type_file(folder, key));
    bool told = file.is_open() && file.facts().regular;
    return told ? file.read(300) : std::string(media_type_of(key));
}

void remove_file(const fs::path& path) {
    std::error_code error;
    if (fs::is_directory(fs::symlink_status(path, error))) return;
    fs::remove(path, error);
    if (error && error != std::errc::not_a_directory) fail("remove", path, error.value());
}

// Removes folders that have become empty, up to the bucket itself.
void remove_empty_folders(fs::path path, const fs::path& bucket) {
    for (std::error_code error; path != bucket && fs::remove(path, error) && !error;)
        path = path.parent_path();
}

void remove_type(const fs::path& folder, const std::string& key) {
    remove_file(type_file(folder, key));
    remove_empty_folders(type_file(folder, key).parent_path(), folder);
}

// The folder of a key may vanish between its making and the rename, when its last object is
// removed.
bool put_in_place(const fs::path& source, const fs::path& target, const fs::path& bucket) {
    for (int attempt = 0; attempt < tries_max; ++attempt) {
        if (!fs::is_directory(bucket)) return false;
        if (!make_folders(target.parent_path())) return false;
        if (move_into_place(source, target)) return true;
        if (fs::is_directory(target)) return false;
    }
    return false;
}

// Whatever ends a put, nothing half written stays.
struct Incoming {
    fs::path path;
    ~Incoming() { ::unlink(path.c_str()); }
};

// Before the object, so that no reader finds it without its type.
void store_type(
    const Incoming& incoming,
    const fs::path& folder,
    const std::string& key,
    const std::string& type
) {
    if (type == media_type_of(key)) return;
    auto file = File::make(incoming.path);
    file.write(type);
    file.flush();
    put_in_place(incoming.path, type_file(folder, key), folder);
}

struct Walk {
    const fs::path& bucket;
    const std::string& prefix;
    const std::string& after;
    std::size_t limit;
    Listing listing;

    bool full() const { return listing.objects.size() == limit; }

    void object(const std::string& key) {
        if (!key.starts_with(prefix) || key <= after || listing.more) return;
        if (full()) {
            listing.more = true;
            return;
        }
        auto file = File::open(bucket / key);
        if (!file.is_open()) return;
        auto facts = file.facts();
        if (facts.regular) {
            listing.objects.push_back({key, facts.bytes, stored_type(bucket, key), facts.changed_at}
            );
        }
    }

    // By key: a folder's keys all begin with its name and '/'.
    void folder(const std::string& path) {
        std::vector<std::string> names;
        std::error_code error;
        for (auto& entry : fs::directory_iterator(bucket / path, error)) {
            auto name = entry.path().filename().string();
            if (name.starts_with('.')) continue;
            names.push_back(path + name + (entry.is_directory() ? "/" : ""));
        }
        std::ranges::sort(names);
        for (auto& name : names) {
            if (listing.more) return;
            if (!name.ends_with('/')) {
                object(name);
            } else if ((name.starts_with(prefix) || prefix.starts_with(name)) &&
                       name + '\xff' > after) {
                folder(name);
            }
        }
    }
};

// Other processes may be putting objects right now: only what nobody holds was left by a crash.
// In its first moment a file is not held yet.
bool is_litter(const fs::directory_entry& entry) {
    std::error_code error;
    auto written = entry.last_write_time(error);
    if (error || written > fs::file_time_type::clock::now() - std::chrono::seconds(2)) return false;
    auto file = File::open(entry.path());
    return file.is_open() && file.is_abandoned();
}

void sweep(const fs::path& root) {
    make_folders(root / ".incoming");
    for (auto& entry : fs::directory_iterator(root / ".incoming")) {
        if (is_litter(entry)) remove_file(entry.path());
    }
    for (auto& entry : fs::directory_iterator(root)) {
        if (entry.path().filename().string().starts_with(".removed-")) fs::remove_all(entry.path());
    }
}

// Names of its own: in a container every process has the same number as the one before it.
std::string own_tag() {
    SystemRandom random;
    auto bytes = crypto::random_bytes<16>(random);
    return crypto::hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace

FolderBuckets::FolderBuckets(fs::path root, WorkPool& work, Use use)
    : root_(fs::absolute(root)), work_(work), tag_(own_tag()) {
    if (use == Use::looking) return;
    make_folders(root_);
    sweep(root_);
}

fs::path FolderBuckets::incoming() {
    return root_ / ".incoming" / fmt::format("{}-{}", tag_, ++number_);
}

Task<Result<void>> FolderBuckets::create(std::string bucket) {
    CO_TRY(check_bucket(bucket));
    bool made = co_await work_.run([path = folder_of(bucket)] { return make_folders(path); });
    if (!made) throw Fault(fmt::format("a file is where the bucket {} should be", bucket));
    co_return Result<void>();
}

Task<bool> FolderBuckets::exists(std::string bucket) {
    if (!is_bucket_name(bucket)) co_return false;
    co_return co_await work_.run([path = folder_of(bucket)] { return fs::is_directory(path); });
}

Task<void> FolderBuckets::remove_bucket(std::string bucket) {
    if (!is_bucket_name(bucket)) co_return;
    auto aside = root_ / fmt::format(".removed-{}-{}-{}", bucket, tag_, ++number_);
    co_await work_.run([path = folder_of(bucket), aside] {
        if (move_into_place(path, aside)) fs::remove_all(aside);
    });
}

Task<Result<void>> FolderBuckets::put(
    std::string bucket, std::string key, std::string media_type, Pieces body
) {
    CO_TRY(check_key(bucket, key));
    LUSTER_ASSERT(is_media_type(media_type));
    auto folder = folder_of(bucket);

    Incoming source{incoming()}, type{incoming()};
    auto file = co_await work_.run([&]() -> std::shared_ptr<File> {
        if (!fs::is_directory(folder)) return nullptr;
        return std::make_shared<File>(File::make(source.path));
    });
    if (!file) co_return refuse(no_bucket(bucket));
    for (auto piece = co_await body(); !piece.empty(); piece = co_await body()) {
        co_await work_.run([&] { file->write(piece); });
    }
    bool placed = co_await work_.run([&] {
        file->flush();
        store_type(type, folder, key, media_type);
        bool placed = put_in_place(source.path, folder / key, folder);
        if (!placed || media_type == media_type_of(key)) remove_type(folder, key);
        return placed;
    });
    if (placed) co_return Result<void>();
    co_return refuse(co_await exists(bucket) ? key_in_the_way(key) : no_bucket(bucket));
}

Task<Result<Object>> FolderBuckets::get(std::string bucket, std::string key) {
    CO_TRY(check_key(bucket, key));
    if (!co_await exists(bucket)) co_return refuse(no_bucket(bucket));
    auto folder = folder_of(bucket);
    auto file = std::make_shared<File>();
    auto info = co_await work_.run([&]() -> std::optional<ObjectInfo> {
        *file = File::open(folder / key);
        if (!file->is_open()) return std::nullopt;
        auto facts = file->facts();
        if (!facts.regular) return std::nullopt;
        return ObjectInfo{key, facts.bytes, stored_type(folder, key), facts.changed_at};
    });
    if (!info) co_return refuse(no_object(key));
    Pieces body = [file, &work = work_]() -> Task<std::string> {
        return work.run([file] { return file->read(piece_bytes); });
    };
    co_return Object{std::move(*info), std::move(body)};
}

Task<Result<void>> FolderBuckets::remove(std::string bucket, std::string key) {
    CO_TRY(check_key(bucket, key));
    auto folder = folder_of(bucket);
    co_await work_.run([&] {
        auto path = folder / key;
        remove_file(path);
        remove_empty_folders(path.parent_path(), folder);
        remove_type(folder, key);
    });
    co_return Result<void>();
}

Task<Result<Listing>> FolderBuckets::list(
    std::string bucket, std::string prefix, std::string after, std::size_t limit
) {
    CO_TRY(check_bucket(bucket));
    if (!co_await exists(bucket)) co_return refuse(no_bucket(bucket));
    auto folder = folder_of(bucket);
    co_return co_await work_.run([&] {
        Walk walk{folder, prefix, after, std::min(limit, listing_max), {}};
        walk.folder("");
        return std::move(walk.listing);
    });
}

}  // namespace luster::s3
