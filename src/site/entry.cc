#include "site/entry.h"

#include "io/http/files.h"
#include "io/http/status.h"
#include "site/compress.h"

#include <fmt/core.h>

#include <algorithm>
#include <xxhash.h>

namespace luster::site {
namespace {

constexpr std::array<std::string_view, coding_count> coding_names{"", "gzip", "br"};
constexpr std::size_t compressed_bytes_min = 256;

bool is_compressible(std::string_view content_type) {
    return content_type.starts_with("text/") || content_type.contains("json") ||
           content_type.contains("xml") || content_type.starts_with("image/svg");
}

void append_field(std::string& head, std::string_view name, std::string_view value) {
    head.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

void Freshness::raise(std::int64_t generation) {
    auto known = generation_.load(std::memory_order_relaxed);
    while (known < generation &&
           !generation_.compare_exchange_weak(known, generation, std::memory_order_acq_rel)) {
    }
}

std::string content_hash(std::string_view content) {
    auto hash = XXH3_128bits(content.data(), content.size());
    return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

Entry::Entry(
    std::shared_ptr<const Freshness> freshness,
    std::int64_t generation,
    Description description,
    std::string body
)
    : freshness_(std::move(freshness)),
      generation_(generation),
      description_(std::move(description)) {
    auto hash = content_hash(body);
    for (std::size_t i = 0; i < coding_count; ++i) {
        variants_[i].etag = fmt::format("\"{}{}{}\"", hash, i ? "-" : "", coding_names[i]);
    }
    variants_[0].body = std::move(body);
    build_heads();
}

void Entry::build_heads() {
    for (std::size_t i = 0; i < coding_count; ++i) {
        auto& variant = variants_[i];
        auto& not_modified = variant.head_not_modified;
        not_modified = "HTTP/1.1 304 Not Modified\r\n";
        append_field(not_modified, "etag", variant.etag);
        append_field(not_modified, "vary", "accept-encoding");
        for (auto& [name, value] : description_.fields) {
            if (name == "cache-control") append_field(not_modified, name, value);
        }
        if (i > 0 && variant.body.empty()) continue;
        auto& head = variant.head;
        head = fmt::format(
            "HTTP/1.1 {} {}\r\n", description_.status, http::reason_phrase(description_.status)
        );
        append_field(head, "content-type", description_.content_type);
        if (i > 0) append_field(head, "content-encoding", coding_names[i]);
        append_field(head, "content-length", fmt::format("{}", variant.body.size()));
        append_field(head, "etag", variant.etag);
        append_field(head, "vary", "accept-encoding");
        for (auto& [name, value] : description_.fields) append_field(head, name, value);
    }
}

std::size_t Entry::bytes() const {
    std::size_t total = sizeof(Entry);
    for (auto& variant : variants_) {
        total += variant.body.size() + variant.head.size() + variant.head_not_modified.size() +
                 variant.etag.size();
    }
    return total;
}

bool Entry::worth_compressing() const {
    return variants_[0].body.size() >= compressed_bytes_min &&
           is_compressible(description_.content_type);
}

std::shared_ptr<const Entry> Entry::compressed() const {
    auto made = std::make_shared<Entry>(*this);
    auto& plain = variants_[0].body;
    for (auto coding : {Coding::gzip, Coding::brotli}) {
        auto smaller = coding == Coding::gzip ? gzip(plain) : brotli(plain);
        if (smaller.size() < plain.size())
            made->variants_[static_cast<std::size_t>(coding)].body = std::move(smaller);
    }
    made->build_heads();
    return made;
}

const Variant& Entry::variant_for(const http::Request& request) const {
    auto accepted = request.headers.find("accept-encoding");
    if (accepted.empty()) return variants_[0];
    for (auto coding : {Coding::brotli, Coding::gzip}) {
        auto i = static_cast<std::size_t>(coding);
        if (!variants_[i].body.empty() && http::accepts_encoding(accepted, coding_names[i]))
            return variants_[i];
    }
    return variants_[0];
}

http::Direct Entry::answer(
    const std::shared_ptr<const Entry>& entry, const http::Request& request
) {
    auto& variant = entry->variant_for(request);
    auto organization = entry->freshness_->organization;
    auto known = request.headers.find("if-none-match");
    if (!known.empty() && entry->status() == 200) {
        // Whichever coding the client has kept: it is still this content.
        for (auto& candidate : entry->variants_) {
            if (http::names_etag(known, candidate.etag))
                return {304, candidate.head_not_modified, {}, entry, organization};
        }
    }
    return {entry->status(), variant.head, variant.body, entry, organization};
}

}  // namespace luster::site
