#include "io/pg/value.h"

#include "io/pg/error.h"

#include <bit>
#include <cstring>

namespace luster::pg {
namespace detail {

void put_integer(std::string& out, std::uint64_t value, std::size_t bytes) {
    for (std::size_t i = bytes; i-- > 0;) out += static_cast<char>(value >> (8 * i));
}

std::uint64_t take_integer(std::string_view cell, std::size_t bytes) {
    if (cell.size() != bytes) throw Error("", "a column has another type than its C++ member");
    std::uint64_t value = 0;
    for (char c : cell) value = value << 8 | static_cast<std::uint8_t>(c);
    return value;
}

void put_double(std::string& out, double value) {
    put_integer(out, std::bit_cast<std::uint64_t>(value), 8);
}

double take_double(std::string_view cell) {
    return std::bit_cast<double>(take_integer(cell, 8));
}

std::string take_json(std::string_view cell) {
    if (cell.empty() || cell.front() != '\1') throw Error("", "jsonb in an unknown version");
    return std::string(cell.substr(1));
}

void begin_array(std::string& out, TypeOid element, std::size_t count) {
    put_integer(out, count > 0 ? 1 : 0, 4);  // dimensions
    put_integer(out, 0, 4);                  // no NULL among the elements
    put_integer(out, static_cast<std::uint32_t>(element), 4);
    if (count == 0) return;
    put_integer(out, count, 4);
    put_integer(out, 1, 4);  // the first subscript
}

std::vector<std::string_view> take_array(std::string_view cell) {
    auto integer = [&] {
        if (cell.size() < 4) throw Error("", "a column is no array");
        auto value = take_integer(cell.substr(0, 4), 4);
        cell.remove_prefix(4);
        return value;
    };
    auto dimensions = integer();
    integer();  // whether there are NULLs: each element says so itself
    integer();  // the elements' type: one test compares it
    if (dimensions == 0) return {};
    if (dimensions > 1) throw Error("", "an array has more than one dimension");
    auto count = integer();
    integer();
    std::vector<std::string_view> elements;
    for (std::uint64_t i = 0; i < count; ++i) {
        auto length = integer();
        if (length > cell.size()) throw Error("", "an array holds NULL");
        elements.push_back(cell.substr(0, length));
        cell.remove_prefix(length);
    }
    return elements;
}

void unknown_enumerator(std::string_view cell) {
    throw Error("", "a column holds a word that its enumeration lacks: " + std::string(cell));
}

}  // namespace detail

Uuid Value<Uuid>::read(std::string_view cell) {
    Uuid uuid;
    if (cell.size() != uuid.bytes.size()) throw Error("", "a column is no uuid");
    std::memcpy(uuid.bytes.data(), cell.data(), cell.size());
    return uuid;
}

}  // namespace luster::pg
