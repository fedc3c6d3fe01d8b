// A list of limbs that holds those of usual numbers itself: arithmetic on prices never touches the
// heap.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

namespace liquid {

class Limbs {
public:
    Limbs() = default;
    Limbs(const Limbs& other) { assign(other.begin(), other.size_); }
    Limbs(Limbs&& other) noexcept { take(other); }
    Limbs& operator=(const Limbs& other) {
        if (this != &other) assign(other.begin(), other.size_);
        return *this;
    }
    Limbs& operator=(Limbs&& other) noexcept {
        if (this != &other) take(other);
        return *this;
    }

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    const std::uint32_t* begin() const { return heap_ ? heap_.get() : here_; }
    const std::uint32_t* end() const { return begin() + size_; }
    std::uint32_t* begin() { return heap_ ? heap_.get() : here_; }
    std::uint32_t* end() { return begin() + size_; }
    std::uint32_t operator[](std::size_t index) const { return begin()[index]; }
    std::uint32_t& operator[](std::size_t index) { return begin()[index]; }
    std::uint32_t back() const { return begin()[size_ - 1]; }

    void push_back(std::uint32_t limb) {
        if (size_ == capacity_) grow(2 * size_);
        begin()[size_++] = limb;
    }
    void pop_back() { --size_; }
    void zeros(std::size_t count) {
        size_ = 0;
        if (count > capacity_) grow(count);
        std::fill_n(begin(), count, 0);
        size_ = count;
    }

private:
    static constexpr std::size_t HERE = 12;  // 384 bits: the quotient of two prices with 40 digits

    void assign(const std::uint32_t* limbs, std::size_t count) {
        size_ = 0;
        if (count > capacity_) grow(count);
        std::copy_n(limbs, count, begin());
        size_ = count;
    }
    void take(Limbs& other) {
        heap_ = std::move(other.heap_);
        if (!heap_) std::copy_n(other.here_, other.size_, here_);
        size_ = std::exchange(other.size_, 0);
        capacity_ = std::exchange(other.capacity_, HERE);
    }
    void grow(std::size_t capacity) {
        auto larger = std::make_unique_for_overwrite<std::uint32_t[]>(capacity);
        std::copy_n(begin(), size_, larger.get());
        heap_ = std::move(larger);
        capacity_ = capacity;
    }

    std::uint32_t here_[HERE];
    std::unique_ptr<std::uint32_t[]> heap_;
    std::size_t size_ = 0;
    std::size_t capacity_ = HERE;
};

}  // namespace liquid
