// Buckets as folders of one directory: ROOT/BUCKET/KEY, with the same names as in any S3 store, so
// that a person can look. A media type that the name doesn't tell lies in BUCKET/.types/KEY.
//
// An object is written beside (ROOT/.incoming), flushed, and renamed into place; a bucket is
// renamed away before it is emptied. So a crash leaves either the old or the new, and litter that
// the next start sweeps.
#pragma once

#include "io/loop/work_pool.h"
#include "io/s3/buckets.h"

#include <atomic>
#include <filesystem>

namespace luster::s3 {

class FolderBuckets final : public Buckets {
public:
    // `keeping` makes the directory and sweeps what a crash left: one process does. Others, such as
    // a site's pod, are `looking`.
    enum class Use { keeping, looking };
    FolderBuckets(std::filesystem::path root, WorkPool& work, Use use = Use::keeping);

    Task<Result<void>> create(std::string bucket) override;
    Task<bool> exists(std::string bucket) override;
    Task<void> remove_bucket(std::string bucket) override;
    Task<Result<void>> put(std::string bucket, std::string key, std::string media_type, Pieces body)
        override;
    Task<Result<Object>> get(std::string bucket, std::string key) override;
    Task<Result<void>> remove(std::string bucket, std::string key) override;
    Task<Result<Listing>> list(
        std::string bucket, std::string prefix, std::string after, std::size_t limit
    ) override;

private:
    std::filesystem::path folder_of(const std::string& bucket) const { return root_ / bucket; }
    std::filesystem::path incoming();

    std::filesystem::path root_;
    WorkPool& work_;
    std::string tag_;
    std::atomic<std::uint64_t> number_ = 0;
};

}  // namespace luster::s3
