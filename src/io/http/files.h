// Static files of one folder: compressed variants that lie beside the file (`app.js.br`,
// `app.js.gz`), strong ETags, one byte range, names that never leave the folder and never follow a
// link.
#pragma once

#include "io/http/http.h"

#include <string>
#include <string_view>

namespace luster::http {

class Files {
public:
    struct Rules {
        std::string immutable_prefix = "assets/";  // names in there carry a hash of their content
        std::string cache_control = "no-cache";    // of all else: kept, but asked for each time
        bool compressed_variants = true;
    };

    explicit Files(std::string folder, Rules rules);

    // `path` is relative and not decoded ("assets/app-1a2b.js"). Nothing where there is no such
    // file.
    std::optional<Response> find(const Request& request, std::string_view path) const;

private:
    std::string folder_;
    Rules rules_;
};

std::string_view content_type_of(std::string_view file_name);
// Whether Accept-Encoding takes this coding ("br", "gzip"), by RFC 9110, 12.5.3.
bool accepts_encoding(std::string_view accept_encoding, std::string_view coding);
// Whether If-None-Match names the tag (weak comparison) or is "*".
bool names_etag(std::string_view if_none_match, std::string_view etag);

// Opens `path` below `folder` without following a link; nothing where it is no plain file.
struct OpenFile {
    std::shared_ptr<const int> descriptor;
    std::uint64_t bytes = 0;
    std::int64_t modified_ns = 0;
};
std::optional<OpenFile> open_below(const std::string& folder, std::string_view path);

// An open file as an answer: 200, 206, 304 or 416. Needs ETag among the headers given.
Response file_response(
    const Request& request, const OpenFile& file, std::string etag, std::string content_type
);

}  // namespace luster::http
