#include "io/http/files.h"

#include <fmt/core.h>

#include <array>
#include <charconv>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace luster::http {
namespace {

class Descriptor {
public:
    explicit Descriptor(int value) : value_(value) {}
    Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(value_, other.value_);
        return *this;
    }
    ~Descriptor() {
        if (value_ >= 0) ::close(value_);
    }
    int get() const { return value_; }
    int release() { return std::exchange(value_, -1); }

private:
    int value_;
};

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// Calls `each` with the trimmed elements of a comma-separated list until it returns true.
template <class Each>
bool any_element(std::string_view list, Each each) {
    while (!list.empty()) {
        auto end = std::min(list.find(','), list.size());
        if (each(trimmed(list.substr(0, end)))) return true;
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return false;
}

bool is_safe_segment(std::string_view segment) {
    return !segment.empty() && segment != "." && segment != ".." &&
           segment.find('\0') == segment.npos;
}

struct Range {
    std::uint64_t first = 0, last = 0;
};
enum class Asked { all, part, impossible };

std::optional<std::uint64_t> number(std::string_view digits) {
    std::uint64_t value = 0;
    auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

// One range is served; several, or what can't be read, is answered by the whole (RFC 9110, 14.2).
Asked asked_range(std::string_view header, std::uint64_t bytes, Range& range) {
    if (!header.starts_with("bytes=") || header.contains(',')) return Asked::all;
    header.remove_prefix(6);
    auto dash = header.find('-');
    if (dash == header.npos) return Asked::all;
    auto first = number(header.substr(0, dash));
    auto last = number(header.substr(dash + 1));
    if (dash == 0 && !last) return Asked::all;
    if (dash > 0 && (!first || (dash + 1 < header.size() && !last))) return Asked::all;
    if (dash == 0) {
        if (*last == 0 || bytes == 0) return Asked::impossible;
        range = {bytes - std::min(*last, bytes), bytes - 1};
        return Asked::part;
    }
    if (last && *last < *first) return Asked::all;
    if (*first >= bytes) return Asked::impossible;
    range = {*first, std::min(last.value_or(bytes - 1), bytes - 1)};
    return Asked::part;
}

}  // namespace

Files::Files(std::string folder, Rules rules)
    : folder_(std::move(folder)), rules_(std::move(rules)) {}

std::optional<Response> Files::find(const Request& request, std::string_view path) const {
    auto decoded = percent_decoded(path);
    if (!decoded) return std::nullopt;
    auto file = open_below(folder_, *decoded);
    if (!file) return std::nullopt;
    // Who asks for a range means the bytes of the file itself.
    bool whole = !request.headers.has("range");
    std::string_view coding;
    auto accepted = request.headers.find("accept-encoding");
    for (std::string_view candidate : {"br", "gzip"}) {
        if (!rules_.compressed_variants || !whole || !accepts_encoding(accepted, candidate))
            continue;
        auto variant = open_below(folder_, *decoded + (candidate == "br" ? ".br" : ".gz"));
        if (!variant || variant->modified_ns < file->modified_ns) continue;  // an old variant lies
        file = variant;
        coding = candidate;
        break;
    }
    auto etag = fmt::format(
        "\"{:x}-{:x}{}{}\"", file->modified_ns, file->bytes, coding.empty() ? "" : "-", coding
    );
    auto response =
        file_response(request, *file, std::move(etag), std::string(content_type_of(*decoded)));
    if (!coding.empty()) response.set("content-encoding", std::string(coding));
    if (rules_.compressed_variants) response.set("vary", "accept-encoding");
    bool immutable =
        !rules_.immutable_prefix.empty() && decoded->starts_with(rules_.immutable_prefix);
    response.set(
        "cache-control", immutable ? "public, max-age=31536000, immutable" : rules_.cache_control
    );
    return response;
}

Response file_response(
    const Request& request, const OpenFile& file, std::string etag, std::string content_type
) {
    Response response;
    response.set("etag", etag)
        .set("x-content-type-options", "nosniff")
        .set("accept-ranges", "bytes");
    if (names_etag(request.headers.find("if-none-match"), etag)) {
        response.status = 304;
        return response;
    }
    response.set("content-type", std::move(content_type));
    response.file = FilePart{file.descriptor, 0, file.bytes};
    auto if_range = request.headers.find("if-range");
    if (request.method != Method::get || (!if_range.empty() && if_range != etag)) return response;
    Range range;
    switch (asked_range(request.headers.find("range"), file.bytes, range)) {
        case Asked::all:
            break;
        case Asked::impossible:
            response.status = 416;
            response.file.reset();
            response.set("content-range", fmt::format("bytes */{}", file.bytes));
            break;
        case Asked::part:
            response.status = 206;
            response.file->offset = range.first;
            response.file->bytes = range.last - range.first + 1;
            response.set(
                "content-range", fmt::format("bytes {}-{}/{}", range.first, range.last, file.bytes)
            );
    }
    return response;
}

std::optional<OpenFile> open_below(const std::string& folder, std::string_view path) {
    Descriptor at(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    while (at.get() >= 0) {
        auto slash = path.find('/');
        auto segment = path.substr(0, slash);
        if (!is_safe_segment(segment)) return std::nullopt;
        bool last = slash == path.npos;
        int flags = O_NOFOLLOW | O_CLOEXEC | (last ? O_RDONLY | O_NONBLOCK : O_PATH | O_DIRECTORY);
        at = Descriptor(::openat(at.get(), std::string(segment).c_str(), flags));
        if (last) break;
        path.remove_prefix(slash + 1);
    }
    struct stat status;
    if (at.get() < 0 || ::fstat(at.get(), &status) != 0 || !S_ISREG(status.st_mode))
        return std::nullopt;
    OpenFile file;
    file.bytes = static_cast<std::uint64_t>(status.st_size);
    file.modified_ns = status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec;
    file.descriptor = std::shared_ptr<const int>(new int(at.release()), [](const int* descriptor) {
        ::close(*descriptor);
        delete descriptor;
    });
    return file;
}

bool accepts_encoding(std::string_view accept_encoding, std::string_view coding) {
    return any_element(accept_encoding, [&](std::string_view element) {
        auto semicolon = element.find(';');
        if (!equal_ignoring_case(trimmed(element.substr(0, semicolon)), coding)) return false;
        if (semicolon == element.npos) return true;
        auto weight = trimmed(element.substr(semicolon + 1));
        // "q=0", "q=0.0", "q=0.000": not at all.
        return !(
            weight.starts_with("q=0") && weight.substr(3).find_first_not_of(".0") == weight.npos
        );
    });
}

bool names_etag(std::string_view if_none_match, std::string_view etag) {
    return any_element(if_none_match, [&](std::string_view element) {
        if (element.starts_with("W/")) element.remove_prefix(2);
        return element == "*" || element == etag;
    });
}

std::string_view content_type_of(std::string_view file_name) {
    using Pair = std::pair<std::string_view, std::string_view>;
    static constexpr std::array<Pair, 29> types{{
        {"html", "text/html; charset=utf-8"},
        {"css", "text/css; charset=utf-8"},
        {"js", "text/javascript; charset=utf-8"},
        {"mjs", "text/javascript; charset=utf-8"},
        {"json", "application/json"},
        {"map", "application/json"},
        {"webmanifest", "application/manifest+json"},
        {"txt", "text/plain; charset=utf-8"},
        {"xml", "application/xml"},
        {"svg", "image/svg+xml"},
        {"png", "image/png"},
        {"jpg", "image/jpeg"},
        {"jpeg", "image/jpeg"},
        {"gif", "image/gif"},
        {"webp", "image/webp"},
        {"avif", "image/avif"},
        {"ico", "image/vnd.microsoft.icon"},
        {"woff2", "font/woff2"},
        {"woff", "font/woff"},
        {"ttf", "font/ttf"},
        {"otf", "font/otf"},
        {"pdf", "application/pdf"},
        {"mp4", "video/mp4"},
        {"webm", "video/webm"},
        {"mp3", "audio/mpeg"},
        {"ogg", "audio/ogg"},
        {"wasm", "application/wasm"},
        {"csv", "text/csv; charset=utf-8"},
        {"zip", "application/zip"},
    }};
    auto dot = file_name.rfind('.');
    if (dot != file_name.npos) {
        for (auto& [extension, type] : types) {
            if (equal_ignoring_case(file_name.substr(dot + 1), extension)) return type;
        }
    }
    return "application/octet-stream";
}

}  // namespace luster::http
