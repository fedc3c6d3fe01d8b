#include "liquid/arena.h"

#include "liquid/value.h"

#include <algorithm>

namespace liquid {
namespace {
constexpr std::size_t LARGEST_CHUNK = 512 * 1024;
}  // namespace

Arena::~Arena() {
    finalize(0);
}

void Arena::finalize(std::size_t kept) {
    while (finalizers_.size() > kept) {
        Finalizer last = finalizers_.back();
        finalizers_.pop_back();
        last.destroy(last.object);
    }
}

void* Arena::allocate_slowly(std::size_t bytes, std::size_t alignment) {
    if (bytes_max_ != 0 && (bytes > bytes_max_ || live_ + bytes > bytes_max_)) throw LimitReached{};
    // A chunk kept from an earlier use serves again if it is large enough.
    while (active_ < chunks_.size() && chunks_[active_].bytes < bytes + alignment) {
        chunks_.erase(chunks_.begin() + static_cast<std::ptrdiff_t>(active_));
    }
    if (active_ == chunks_.size()) {
        std::size_t wanted = first_chunk_ << std::min<std::size_t>(active_, 10);
        wanted = std::min(wanted, LARGEST_CHUNK);
        if (bytes_max_ != 0) wanted = std::min(wanted, bytes_max_ - live_);
        wanted = std::max(wanted, bytes + alignment);
        // Plain new[]: value-initialising the chunk would touch all of it.
        chunks_.push_back({std::unique_ptr<char[]>(new char[wanted]), wanted});
    }
    Chunk& chunk = chunks_[active_++];
    if (bytes_max_ != 0 && live_ + chunk.bytes > bytes_max_ + LARGEST_CHUNK) {
        --active_;
        throw LimitReached{};
    }
    live_ += chunk.bytes;
    cursor_ = chunk.memory.get();
    end_ = cursor_ + chunk.bytes;
    return allocate(bytes, alignment);
}

std::string_view Arena::copy(std::string_view text) {
    if (text.empty()) return {"", 0};
    char* at = this->text(text.size());
    std::memcpy(at, text.data(), text.size());
    return {at, text.size()};
}

void Arena::rewind_slowly(const Mark& mark) {
    finalize(mark.finalizers);
    if (mark.chunk == active_) {
        cursor_ = mark.cursor;
        return;
    }
    active_ = mark.chunk;
    live_ = mark.live;
    if (active_ == 0) {
        cursor_ = end_ = nullptr;
    } else {
        cursor_ = mark.cursor;
        end_ = chunks_[active_ - 1].memory.get() + chunks_[active_ - 1].bytes;
    }
}

void Arena::reset() {
    finalize(0);
    // Keeping the smaller chunks makes the next use free of allocations without hoarding.
    std::size_t kept = 0;
    std::size_t bytes = 0;
    while (kept < chunks_.size() && bytes + chunks_[kept].bytes <= 4 * LARGEST_CHUNK) {
        bytes += chunks_[kept++].bytes;
    }
    chunks_.resize(kept);
    cursor_ = end_ = nullptr;
    active_ = 0;
    live_ = 0;
}

Array* Arena::array(std::size_t capacity) {
    auto* made = new (allocate(sizeof(Array), alignof(Array))) Array(*this);
    made->reserve(capacity);
    return made;
}

Hash* Arena::hash(std::size_t capacity) {
    auto* made = new (allocate(sizeof(Hash), alignof(Hash))) Hash(*this);
    made->reserve(capacity);
    return made;
}

}  // namespace liquid
