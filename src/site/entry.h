// A complete answer, built once: head and body for each coding, the strong ETags, the heads of 304.
// Immutable and shared by all loops.
#pragma once

#include "base/ids.h"
#include "io/http/http.h"

#include <array>
#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace luster::site {

// How current one organization's entries have to be; shared by its runtime and all its entries.
class Freshness {
public:
    Freshness(OrgId organization, const std::atomic<std::uint64_t>& doubts)
        : organization(organization), doubts_(doubts) {}

    // The organization's generation is at least this: what is older isn't served any more.
    void raise(std::int64_t generation);
    std::int64_t generation() const { return generation_.load(std::memory_order_acquire); }
    // True while a change can't have been missed (see Runtime::doubt). Odd: nobody hears of any.
    bool certain() const {
        auto doubts = this->doubts();
        return doubts % 2 == 0 && checked_.load(std::memory_order_acquire) == doubts;
    }
    // Both only grow, so that their sum tells every doubt from all others.
    std::uint64_t doubts() const {
        return doubts_.load(std::memory_order_acquire) + own_.load(std::memory_order_acquire);
    }
    // Something of this organization changed: its generation is read afresh.
    void doubt() { own_.fetch_add(2, std::memory_order_acq_rel); }
    void checked(std::uint64_t doubts) { checked_.store(doubts, std::memory_order_release); }
    // The site is gone or shut: nothing of it is served from memory.
    void close() { closed_.store(true, std::memory_order_release); }
    bool closed() const { return closed_.load(std::memory_order_acquire); }
    bool allows(std::int64_t generation) const {
        return certain() && !closed() && generation >= this->generation();
    }

    const OrgId organization;

private:
    const std::atomic<std::uint64_t>& doubts_;
    std::atomic<std::uint64_t> own_ = 0;  // doubts, by two each: the lowest bit is the process'
    std::atomic<std::int64_t> generation_ = 0;
    std::atomic<std::uint64_t> checked_ = ~std::uint64_t(0);
    std::atomic<bool> closed_ = false;
};

enum class Coding : std::uint8_t { identity, gzip, brotli };
constexpr std::size_t coding_count = 3;

struct Variant {
    std::string etag;
    std::string head;               // status line and fields of the answer
    std::string head_not_modified;  // of a 304
    std::string body;
};

class Entry {
public:
    // What an answer says beside its content.
    struct Description {
        unsigned status = 200;
        std::string content_type;
        std::vector<std::pair<std::string, std::string>> fields;
    };

    Entry(
        std::shared_ptr<const Freshness> freshness,
        std::int64_t generation,
        Description description,
        std::string body
    );

    bool is_current() const {
        return by_hash ? !freshness_->closed() : freshness_->allows(generation_);
    }
    // For who has just read that this is the organization's generation.
    bool is_of(std::int64_t generation) const {
        return !freshness_->closed() && generation_ >= generation;
    }
    std::int64_t generation() const { return generation_; }
    unsigned status() const { return description_.status; }
    std::size_t bytes() const;
    const std::string& body() const { return variants_[0].body; }
    bool worth_compressing() const;
    // The same answer with its compressed variants, where they are smaller. For the work pool.
    std::shared_ptr<const Entry> compressed() const;
    // The variant that fits the request, or a 304. Allocates nothing.
    static http::Direct answer(
        const std::shared_ptr<const Entry>& entry, const http::Request& request
    );

    bool by_hash = false;  // named by a hash of its content: of every generation

private:
    void build_heads();
    const Variant& variant_for(const http::Request& request) const;

    std::shared_ptr<const Freshness> freshness_;
    std::int64_t generation_;
    Description description_;
    std::array<Variant, coding_count> variants_;
};

// 128 bits of XXH3 in hex: names of contents, not a protection against their author.
std::string content_hash(std::string_view content);

}  // namespace luster::site
