#include "liquid/value.h"

#include "compare.h"
#include "liquid/error.h"

namespace liquid {
namespace {
// Up to here a scan over the codes is faster than a table.
constexpr std::uint32_t SCANNED_ENTRIES_MAX = 8;

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    __extension__ using Wide = unsigned __int128;
    Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t read_tail(const char* at, std::size_t bytes) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, bytes);
    return word;
}
}  // namespace

void read_as(Kind wanted, Kind found) {
    static constexpr std::string_view NAMES[] = {
        "nil",
        "a boolean",
        "an integer",
        "a big integer",
        "a real",
        "a text",
        "a symbol",
        "an array",
        "a hash",
        "a range",
        "a time",
        "a drop",
        "blank",
        "empty"
    };
    auto name = [](Kind kind) { return std::string(NAMES[static_cast<std::size_t>(kind)]); };
    // The reference says "internal" where a filter fails by its own fault; its author needs more.
    throw Error(ErrorType::internal, "internal (" + name(found) + " read as " + name(wanted) + ")");
}

std::uint32_t hash_of(std::string_view text) {
    // Where the program was loaded differs from run to run, so that nobody can prepare names that
    // collide.
    static const char ANCHOR = 0;
    std::uint64_t state =
        mix(reinterpret_cast<std::uintptr_t>(&ANCHOR) ^ 0x9e3779b97f4a7c15ULL,
            0x8ebc6af09c88c6e3ULL);
    state ^= text.size();
    const char* at = text.data();
    std::size_t left = text.size();
    for (; left >= 8; left -= 8, at += 8) {
        state = mix(state ^ read_tail(at, 8), 0xe7037ed1a0b428dbULL);
    }
    if (left != 0) state = mix(state ^ read_tail(at, left), 0x8ebc6af09c88c6e3ULL);
    return static_cast<std::uint32_t>(state ^ (state >> 32));
}

void Array::grow(std::size_t capacity) {
    Value* items = arena_->many<Value>(capacity);
    if (size_ != 0) std::memcpy(static_cast<void*>(items), items_, size_ * sizeof(Value));
    items_ = items;
    capacity_ = capacity;
}

const Value* Hash::find(std::string_view key, std::uint32_t code) const {
    if (slots_ == nullptr) {
        for (std::uint32_t i = 0; i < size_; ++i) {
            const Entry& entry = entries_[i];
            if (entry.code == code && entry.key.is(Kind::string) &&
                same_text(entry.key.string(), key)) {
                return &entry.value;
            }
        }
        return nullptr;
    }
    for (std::uint32_t at = code & slot_mask_; slots_[at] != 0; at = (at + 1) & slot_mask_) {
        const Entry& entry = entries_[slots_[at] - 1];
        if (entry.code == code && entry.key.is(Kind::string) &&
            same_text(entry.key.string(), key)) {
            return &entry.value;
        }
    }
    return nullptr;
}

const Value* Hash::find(std::string_view key) const {
    return find(key, hash_of(key));
}

const Value* Hash::find(const Value& key) const {
    if (key.is(Kind::string)) return find(key.string());
    std::uint32_t code = hash_of(key);
    if (slots_ == nullptr) {
        for (const Entry& entry : *this) {
            if (entry.code == code && same_key(entry.key, key)) return &entry.value;
        }
        return nullptr;
    }
    for (std::uint32_t at = code & slot_mask_; slots_[at] != 0; at = (at + 1) & slot_mask_) {
        const Entry& entry = entries_[slots_[at] - 1];
        if (entry.code == code && same_key(entry.key, key)) return &entry.value;
    }
    return nullptr;
}

void Hash::set(const Value& key, const Value& value) {
    if (const Value* found = find(key)) {
        *const_cast<Value*>(found) = value;
        return;
    }
    if (size_ == capacity_) grow(capacity_ < 4 ? 4 : capacity_ * 2);
    std::uint32_t code = hash_of(key);
    new (&entries_[size_++]) Entry{key, value, code};
    if (slots_ == nullptr) {
        if (size_ > SCANNED_ENTRIES_MAX) index_again();
        return;
    }
    std::uint32_t at = code & slot_mask_;
    while (slots_[at] != 0) at = (at + 1) & slot_mask_;
    slots_[at] = size_;
}

void Hash::grow(std::size_t capacity) {
    Entry* entries = arena_->many<Entry>(capacity);
    if (size_ != 0) std::memcpy(static_cast<void*>(entries), entries_, size_ * sizeof(Entry));
    entries_ = entries;
    capacity_ = static_cast<std::uint32_t>(capacity);
    if (size_ > SCANNED_ENTRIES_MAX) index_again();
}

void Hash::index_again() {
    std::uint32_t slots = 16;
    while (slots < capacity_ * 2) slots *= 2;
    slots_ = arena_->many<std::uint32_t>(slots);
    std::memset(slots_, 0, slots * sizeof(std::uint32_t));
    slot_mask_ = slots - 1;
    for (std::uint32_t i = 0; i < size_; ++i) {
        std::uint32_t at = entries_[i].code & slot_mask_;
        while (slots_[at] != 0) at = (at + 1) & slot_mask_;
        slots_[at] = i + 1;
    }
}

}  // namespace liquid
