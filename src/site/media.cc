#include "site/media.h"

#include "io/http/files.h"
#include "io/http/status.h"
#include "site/headers.h"
#include "site/notices.h"

#include <fmt/core.h>

#include <algorithm>

namespace luster::site {
namespace {

// What a browser may show; everything else is a download, whatever it claims to be.
bool is_shown(std::string_view type) {
    auto kind = type.substr(0, type.find('/'));
    return kind == "image" || kind == "video" || kind == "audio" || kind == "font" ||
           type == "application/pdf";
}

std::string etag_of(const s3::ObjectInfo& info) {
    return fmt::format("\"{:x}-{:x}\"", info.changed_at.unix_us, info.bytes);
}

// Sends `bytes` of the pieces, after leaving out the first `skip`.
Task<void> send_part(
    s3::Pieces& pieces, std::uint64_t skip, std::uint64_t bytes, http::Writer& writer
) {
    while (bytes > 0) {
        auto piece = co_await pieces();
        if (piece.empty()) throw Fault("a file is shorter than its store says");
        std::string_view part(piece);
        auto left_out = std::min<std::uint64_t>(skip, part.size());
        skip -= left_out;
        part.remove_prefix(left_out);
        part = part.substr(0, std::min<std::uint64_t>(bytes, part.size()));
        bytes -= part.size();
        if (!part.empty() && !co_await writer.write(part)) co_return;
    }
}

}  // namespace

Task<http::Response> media(s3::Buckets& buckets, OrgId organization, const http::Request& request) {
    auto key = http::percent_decoded(request.path.substr(media_prefix.size()));
    if (!key || !s3::is_key(*key)) co_return notice(Notice::no_file, request);
    auto found = co_await buckets.get(s3::media_bucket(organization), *key);
    if (!found) co_return notice(Notice::no_file, request);
    auto& info = found->info;
    http::OpenFile shape{nullptr, info.bytes, 0};
    auto response = http::file_response(request, shape, etag_of(info), info.media_type);
    for (auto& [name, value] : media_fields()) response.set(name, value);
    if (!is_shown(info.media_type)) response.set("content-disposition", "attachment");
    if (!response.file) co_return response;
    response.stream_bytes = response.file->bytes;
    response.streamed = [pieces = std::make_shared<s3::Pieces>(std::move(found->body)),
                         skip = response.file->offset,
                         bytes = response.file->bytes](http::Writer& writer) {
        return send_part(*pieces, skip, bytes, writer);
    };
    response.file.reset();
    co_return response;
}

}  // namespace luster::site
