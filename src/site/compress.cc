#include "site/compress.h"

#include "base/result.h"

#include <brotli/encode.h>
#include <zlib.h>

namespace luster::site {
namespace {

constexpr int gzip_level = 7;
// Made once for many visitors, but a publication waits for nobody's best effort: 9 costs a tenth
// of 11.
constexpr int brotli_quality = 9;

}  // namespace

std::string gzip(std::string_view plain) {
    z_stream stream{};
    constexpr int with_gzip_header = 15 + 16;
    if (deflateInit2(&stream, gzip_level, Z_DEFLATED, with_gzip_header, 8, Z_DEFAULT_STRATEGY) !=
        Z_OK) {
        throw Fault("gzip can't start");
    }
    std::string out(deflateBound(&stream, plain.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    int result = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (result != Z_STREAM_END) throw Fault("gzip failed");
    return out;
}

std::string brotli(std::string_view plain) {
    std::string out(BrotliEncoderMaxCompressedSize(plain.size()), '\0');
    auto bytes = out.size();
    bool done = BrotliEncoderCompress(
        brotli_quality,
        BROTLI_DEFAULT_WINDOW,
        BROTLI_MODE_TEXT,
        plain.size(),
        reinterpret_cast<const uint8_t*>(plain.data()),
        &bytes,
        reinterpret_cast<uint8_t*>(out.data())
    );
    if (!done) throw Fault("brotli failed");
    out.resize(bytes);
    return out;
}

}  // namespace luster::site
