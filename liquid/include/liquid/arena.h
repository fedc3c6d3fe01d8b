// Memory that lives as long as the data or the render it belongs to.
//
// A Value never owns anything: it points into a template, into the host's data or into an arena.
// Build data in an Arena, keep the arena while you render, and let it go as a whole.
//
//     liquid::Arena arena;
//     liquid::Hash* product = arena.hash();
//     product->set("title", arena.copy(title));   // a copy that lives as long as the arena
//     product->set("vendor", "Aurora");           // borrowed: the literal outlives everything
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace liquid {

class Value;
class Array;
class Hash;

// Thrown when an arena or another counter reaches its limit. Rendering turns it into the
// reference's "Memory limits exceeded"; a host sees it only if it allocates from a limited arena.
struct LimitReached {};

class Arena {
public:
    Arena() = default;
    // bytes_max bounds what is alive at once; 0 means no bound.
    explicit Arena(std::size_t bytes_max) : bytes_max_(bytes_max) {}
    ~Arena();
    Arena(const Arena&) = delete;
    Arena& operator=(const Arena&) = delete;

    void* allocate(std::size_t bytes, std::size_t alignment = alignof(std::max_align_t)) {
        auto at = (reinterpret_cast<std::uintptr_t>(cursor_) + (alignment - 1)) & ~(alignment - 1);
        if (cursor_ == nullptr || at + bytes > reinterpret_cast<std::uintptr_t>(end_)) {
            return allocate_slowly(bytes, alignment);
        }
        cursor_ = reinterpret_cast<char*>(at + bytes);
        return reinterpret_cast<void*>(at);
    }

    // Copies text; the copy lives as long as the arena.
    std::string_view copy(std::string_view text);

    // Room for `bytes` characters, to be filled by the caller.
    char* text(std::size_t bytes) {
        return static_cast<char*>(allocate(bytes == 0 ? 1 : bytes, 1));
    }

    // Lengthens the text most recently allocated in place. Returns nullptr when `tail_end` is not
    // the end of the last allocation or there is no room behind it.
    char* extend(const char* tail_end, std::size_t bytes) {
        if (tail_end != cursor_ || cursor_ == nullptr) return nullptr;
        if (bytes > static_cast<std::size_t>(end_ - cursor_)) return nullptr;
        char* at = cursor_;
        cursor_ += bytes;
        return at;
    }

    // Gives back what was allocated last and not used after all.
    void give_back(const char* end, std::size_t unused) {
        if (end == cursor_) cursor_ -= unused;
    }

    Array* array(std::size_t capacity = 0);
    Hash* hash(std::size_t capacity = 0);

    // Makes an object, such as a drop, that is destroyed with the arena.
    template <class T, class... Arguments>
    T* make(Arguments&&... arguments) {
        T* made = new (allocate(sizeof(T), alignof(T))) T(std::forward<Arguments>(arguments)...);
        if constexpr (!std::is_trivially_destructible_v<T>) {
            finalizers_.push_back({made, [](void* object) { static_cast<T*>(object)->~T(); }});
        }
        return made;
    }

    template <class T>
    T* many(std::size_t count) {
        static_assert(std::is_trivially_destructible_v<T>);
        return count == 0 ? nullptr : static_cast<T*>(allocate(sizeof(T) * count, alignof(T)));
    }

    // A place to return to: everything allocated after the mark is given up by rewind().
    struct Mark {
        std::size_t chunk = 0;
        char* cursor = nullptr;
        std::size_t live = 0;
        std::size_t finalizers = 0;
    };
    Mark mark() const { return {active_, cursor_, live_, finalizers_.size()}; }
    void rewind(const Mark& mark) {
        if (mark.chunk == active_ && mark.finalizers == finalizers_.size()) {
            cursor_ = mark.cursor;
        } else {
            rewind_slowly(mark);
        }
    }

    // Forgets everything but keeps the first chunks, so that the next use allocates nothing.
    void reset();
    void limit(std::size_t bytes_max) { bytes_max_ = bytes_max; }
    // How much it takes from the heap at first; each time after it is twice as much.
    void start_with(std::size_t bytes) { first_chunk_ = bytes; }
    std::size_t bytes_reserved() const { return live_; }

private:
    struct Chunk {
        std::unique_ptr<char[]> memory;
        std::size_t bytes = 0;
    };
    struct Finalizer {
        void* object;
        void (*destroy)(void*);
    };
    void* allocate_slowly(std::size_t bytes, std::size_t alignment);
    void rewind_slowly(const Mark& mark);
    void finalize(std::size_t kept);

    char* cursor_ = nullptr;
    char* end_ = nullptr;
    std::size_t active_ = 0;  // index of the chunk in use, plus one
    std::size_t live_ = 0;    // bytes of the chunks in use
    std::size_t bytes_max_ = 0;
    std::size_t first_chunk_ = 16 * 1024;
    std::vector<Chunk> chunks_;
    std::vector<Finalizer> finalizers_;
};

}  // namespace liquid
