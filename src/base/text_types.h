// Texts, lists and numbers that carry their limits in their type, so that a request struct says
// what it takes and the reader, the OpenAPI document and the client agree on it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace luster {

// One line: Unicode code points between Min and Max after trimming, no control characters.
template <std::size_t Min, std::size_t Max>
struct Text : std::string {
    using std::string::string;
    explicit Text(std::string text) : std::string(std::move(text)) {}
    static constexpr std::size_t length_min = Min, length_max = Max;
    static constexpr bool lines = false;
};

// Several lines: as Text, with line feeds and tabs.
template <std::size_t Max>
struct LongText : std::string {
    using std::string::string;
    explicit LongText(std::string text) : std::string(std::move(text)) {}
    static constexpr std::size_t length_min = 0, length_max = Max;
    static constexpr bool lines = true;
};

// A password as it was typed: never trimmed, any character.
template <std::size_t Min, std::size_t Max>
struct PasswordText {
    std::string value;
    static constexpr std::size_t length_min = Min, length_max = Max;
};

template <class T, std::size_t Max>
struct List : std::vector<T> {
    using std::vector<T>::vector;
    static constexpr std::size_t size_max = Max;
};

template <std::int64_t Min, std::int64_t Max>
struct Whole {
    std::int64_t value = Min;
    static constexpr std::int64_t value_min = Min, value_max = Max;
    operator std::int64_t() const { return value; }
};

// A member of an answer that is left out when it is empty (an empty std::optional is null).
template <class T>
struct Omitted : std::optional<T> {
    using std::optional<T>::optional;
    using std::optional<T>::operator=;
};

// A member of a JSON merge patch (RFC 7396): absent = unchanged, null = cleared.
template <class T>
struct Change {
    enum class State { absent, cleared, given } state = State::absent;
    T value{};

    bool given() const { return state == State::given; }
    bool cleared() const { return state == State::cleared; }
    // What a value of before becomes.
    template <class Optional>
    void apply(Optional& target) const {
        if (given()) target = value;
        if (cleared()) target.reset();
    }
};

}  // namespace luster
