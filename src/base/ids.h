// Identifiers are distinct types: a page's id neither parses nor compiles as a user's.
// Organizations have small integers (`org_7`); everything else has a UUIDv7 (RFC 9562), made in C++
// before the insert, `uuid` in SQL and a TypeID on the wire: table name, `_` and 26 characters.
// A UUID is unique within its organization only: demo rows come from a template.
#pragma once

#include "base/time.h"

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace luster {

struct OrgId {
    std::int64_t value = 0;

    static std::optional<OrgId> parse(std::string_view text);  // "org_7"
    std::string text() const;
    friend auto operator<=>(const OrgId&, const OrgId&) = default;
};

struct Uuid {
    std::array<std::uint8_t, 16> bytes{};

    // Version 7: 48 bits of milliseconds, the rest from `random` (10 bytes).
    static Uuid v7(Time now, std::span<const std::uint8_t, 10> random);
    static std::optional<Uuid> parse(std::string_view hex_with_dashes);
    std::string text() const;
    friend auto operator<=>(const Uuid&, const Uuid&) = default;
};

namespace detail {
std::string to_type_id(std::string_view prefix, const Uuid& uuid);
std::optional<Uuid> from_type_id(std::string_view prefix, std::string_view text);
}  // namespace detail

// `Tag` names the table: struct PageTag { static constexpr std::string_view name = "page"; };
template <class Tag>
struct Id {
    Uuid uuid;

    static std::optional<Id> parse(std::string_view text) {
        auto uuid = detail::from_type_id(Tag::name, text);
        return uuid ? std::optional(Id{*uuid}) : std::nullopt;
    }
    std::string text() const { return detail::to_type_id(Tag::name, uuid); }
    friend auto operator<=>(const Id&, const Id&) = default;
};

struct UserTag {
    static constexpr std::string_view name = "user";
};
struct SessionTag {
    static constexpr std::string_view name = "session";
};
struct PageTag {
    static constexpr std::string_view name = "page";
};
struct ThemeVersionTag {
    static constexpr std::string_view name = "theme";
};
struct EventTag {
    static constexpr std::string_view name = "event";
};
struct JobTag {
    static constexpr std::string_view name = "job";
};
using UserId = Id<UserTag>;
using SessionId = Id<SessionTag>;
using PageId = Id<PageTag>;
using ThemeVersionId = Id<ThemeVersionTag>;
using EventId = Id<EventTag>;
using JobId = Id<JobTag>;

}  // namespace luster

template <>
struct std::hash<luster::OrgId> {
    std::size_t operator()(const luster::OrgId& id) const noexcept {
        return std::hash<std::int64_t>()(id.value);
    }
};
template <>
struct std::hash<luster::Uuid> {
    std::size_t operator()(const luster::Uuid& id) const noexcept;
};
template <class Tag>
struct std::hash<luster::Id<Tag>> {
    std::size_t operator()(const luster::Id<Tag>& id) const noexcept {
        return std::hash<luster::Uuid>()(id.uuid);
    }
};
