// The twin: buckets in memory, for tests and simulated runs. Lives on one loop.
#pragma once

#include "io/clock/clock.h"
#include "io/s3/buckets.h"

#include <map>
#include <memory>

namespace luster::s3 {

class MemoryBuckets final : public Buckets {
public:
    explicit MemoryBuckets(Clock& clock) : clock_(clock) {}

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

    std::vector<std::string> bucket_names() const;

private:
    struct Stored {
        std::string body;
        std::string media_type;
        Time changed_at;
    };
    using Bucket = std::map<std::string, Stored, std::less<>>;

    Clock& clock_;
    std::map<std::string, Bucket, std::less<>> buckets_;
};

}  // namespace luster::s3
