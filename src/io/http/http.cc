#include "io/http/http.h"

#include <algorithm>

namespace luster::http {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c = lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

Response with_type(unsigned status, std::string body, std::string type) {
    Response response;
    response.status = status;
    response.body = std::move(body);
    response.set("content-type", std::move(type));
    return response;
}

}  // namespace

std::string_view method_name(Method method) {
    static constexpr std::string_view names[] = {
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", ""
    };
    return names[static_cast<std::size_t>(method)];
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::ranges::equal(a, b, {}, lower, lower);
}

std::string_view Headers::find(std::string_view name) const {
    for (auto& field : fields_) {
        if (equal_ignoring_case(field.name, name)) return field.value;
    }
    return {};
}

bool Headers::has(std::string_view name) const {
    return std::ranges::any_of(fields_, [&](auto& field) {
        return equal_ignoring_case(field.name, name);
    });
}

std::optional<std::string> percent_decoded(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded.push_back(text[i]);
            continue;
        }
        if (i + 2 >= text.size()) return std::nullopt;
        int high = hex_value(text[i + 1]);
        int low = hex_value(text[i + 2]);
        if (high < 0 || low < 0 || (high | low) == 0) return std::nullopt;
        decoded.push_back(static_cast<char>(high * 16 + low));
        i += 2;
    }
    return decoded;
}

std::optional<std::string> query_value(std::string_view query, std::string_view name) {
    while (!query.empty()) {
        auto end = std::min(query.find('&'), query.size());
        auto pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        auto equals = std::min(pair.find('='), pair.size());
        if (percent_decoded(pair.substr(0, equals)) != name) continue;
        std::string value(pair.substr(std::min(equals + 1, pair.size())));
        std::ranges::replace(value, '+', ' ');
        return percent_decoded(value);
    }
    return std::nullopt;
}

std::optional<QueryPairs> query_pairs(std::string_view query) {
    QueryPairs pairs;
    while (!query.empty()) {
        auto end = std::min(query.find('&'), query.size());
        std::string pair(query.substr(0, end));
        query.remove_prefix(std::min(end + 1, query.size()));
        if (pair.empty()) continue;
        std::ranges::replace(pair, '+', ' ');
        auto equals = std::min(pair.find('='), pair.size());
        auto name = percent_decoded(std::string_view(pair).substr(0, equals));
        auto value =
            percent_decoded(std::string_view(pair).substr(std::min(equals + 1, pair.size())));
        if (!name || !value) return std::nullopt;
        pairs.emplace_back(std::move(*name), std::move(*value));
    }
    return pairs;
}

std::string_view cookie(const Request& request, std::string_view name) {
    for (auto& field : request.headers) {
        if (!equal_ignoring_case(field.name, "cookie")) continue;
        auto rest = field.value;
        while (!rest.empty()) {
            auto end = std::min(rest.find(';'), rest.size());
            auto pair = rest.substr(0, end);
            rest.remove_prefix(std::min(end + 1, rest.size()));
            while (pair.starts_with(' ')) pair.remove_prefix(1);
            if (pair.starts_with(name) && pair.substr(name.size()).starts_with('='))
                return pair.substr(name.size() + 1);
        }
    }
    return {};
}

Response Response::text(unsigned status, std::string body) {
    return with_type(status, std::move(body), "text/plain; charset=utf-8");
}

Response Response::html(unsigned status, std::string body) {
    return with_type(status, std::move(body), "text/html; charset=utf-8");
}

Response Response::json(unsigned status, std::string body) {
    return with_type(status, std::move(body), "application/json");
}

Response Response::redirect(unsigned status, std::string location) {
    Response response;
    response.status = status;
    response.set("location", std::move(location));
    return response;
}

Response Response::events(Stream stream) {
    auto response = Response::stream("text/event-stream", std::move(stream));
    response.heartbeats = true;
    response.set("cache-control", "no-store").set("x-accel-buffering", "no");
    return response;
}

Response Response::stream(std::string content_type, Stream stream) {
    Response response;
    response.streamed = std::move(stream);
    response.set("content-type", std::move(content_type));
    return response;
}

Response& Response::set(std::string_view name, std::string value) {
    std::erase_if(headers, [&](auto& header) { return equal_ignoring_case(header.first, name); });
    return add(name, std::move(value));
}

Response& Response::add(std::string_view name, std::string value) {
    headers.emplace_back(name, std::move(value));
    return *this;
}

}  // namespace luster::http
