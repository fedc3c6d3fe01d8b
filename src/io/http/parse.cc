#include "io/http/parse.h"

#include <boost/beast/http/basic_parser.hpp>

#include <algorithm>
#include <cstring>

namespace luster::http {
namespace {

namespace beast = boost::beast::http;

Method method_of(beast::verb verb) {
    switch (verb) {
        case beast::verb::get:
            return Method::get;
        case beast::verb::head:
            return Method::head;
        case beast::verb::post:
            return Method::post;
        case beast::verb::put:
            return Method::put;
        case beast::verb::patch:
            return Method::patch;
        case beast::verb::delete_:
            return Method::del;
        case beast::verb::options:
            return Method::options;
        default:
            return Method::other;
    }
}

std::string_view view(boost::beast::string_view text) {
    return {text.data(), text.size()};
}

// Collects what Beast recognizes. The fields that decide where a request ends are judged here.
class HeadParser : public beast::basic_parser<true> {
public:
    HeadParser(Head& head, const Limits& limits) : head_(head), limits_(limits) {}

    unsigned refusal = 0;
    std::string_view host;
    int hosts = 0;
    int lengths = 0;
    int encodings = 0;

private:
    using error_code = boost::beast::error_code;
    using text = boost::beast::string_view;

    void on_request_impl(beast::verb verb, text method, text target, int version, error_code&)
        final {
        head_.method = method_of(verb);
        head_.method_text = view(method);
        head_.target = view(target);
        head_.http_1_0 = version == 10;
    }
    void on_response_impl(int, text, int, error_code&) final {}
    void on_field_impl(beast::field name, text name_text, text value, error_code& error) final {
        if (head_.fields.size() == limits_.header_count_max) refuse(431, error);
        head_.fields.push_back({view(name_text), view(value)});
        if (name == beast::field::host) {
            host = view(value);
            ++hosts;
        } else if (name == beast::field::content_length) {
            ++lengths;
            take_length(view(value), error);
        } else if (name == beast::field::transfer_encoding) {
            ++encodings;
            head_.chunked = equal_ignoring_case(view(value), "chunked");
            if (!head_.chunked) refuse(501, error);
        } else if (name == beast::field::expect) {
            head_.expects_continue = equal_ignoring_case(view(value), "100-continue");
            if (!head_.expects_continue) refuse(417, error);
        }
    }
    void take_length(std::string_view digits, error_code& error) {
        bool plain = !digits.empty() && digits.size() <= 18 &&
                     std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
        if (!plain) return refuse(400, error);
        for (char c : digits) head_.content_length = head_.content_length * 10 + (c - '0');
    }
    void refuse(unsigned status, error_code& error) {
        refusal = status;
        error = beast::error::bad_value;
    }
    void on_header_impl(error_code&) final {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) final {}
    std::size_t on_body_impl(text, error_code&) final { return 0; }
    void on_chunk_header_impl(std::uint64_t, text, error_code&) final {}
    std::size_t on_chunk_body_impl(std::uint64_t, text, error_code&) final { return 0; }
    void on_finish_impl(error_code&) final {}

    Head& head_;
    const Limits& limits_;
};

// Beast accepts folded lines; other readers see in them the start of a new field. Every line must
// end in CRLF, CR and LF stand nowhere else, and no line starts with white space.
bool lines_are_clean(std::string_view head) {
    if (std::memchr(head.data(), '\0', head.size())) return false;
    std::size_t line = 0;
    while (line < head.size()) {
        auto end = head.find('\n', line);
        if (end == std::string_view::npos || end == line || head[end - 1] != '\r') return false;
        if (std::memchr(head.data() + line, '\r', end - 1 - line)) return false;
        if (head[line] == ' ' || head[line] == '\t') return false;
        line = end + 1;
    }
    return true;
}

bool target_is_clean(std::string_view target) {
    return std::ranges::all_of(target, [](char c) { return c > 0x20 && c < 0x7f && c != '#'; });
}

// "http://host/path" must be understood (RFC 9112, 3.2.2); it has to name the host that Host names.
bool to_origin_form(Head& head) {
    if (head.target.front() == '/') return true;
    if (head.target == "*") return head.method == Method::options;
    auto scheme_end = head.target.find("://");
    if (scheme_end == std::string_view::npos) return false;
    auto scheme = head.target.substr(0, scheme_end);
    if (!equal_ignoring_case(scheme, "http") && !equal_ignoring_case(scheme, "https")) return false;
    auto rest = head.target.substr(scheme_end + 3);
    auto path = rest.find('/');
    Authority named;
    if (path == std::string_view::npos || !parse_authority(rest.substr(0, path), named))
        return false;
    head.target = rest.substr(path);
    return named.host() == head.authority.host() && named.port == head.authority.port;
}

bool wants_keep_alive(const Head& head) {
    bool keep = !head.http_1_0;
    for (auto& [name, value] : head.fields) {
        if (!equal_ignoring_case(name, "connection")) continue;
        for (std::size_t start = 0; start <= value.size();) {
            auto end = std::min(value.find(',', start), value.size());
            auto token = value.substr(start, end - start);
            while (!token.empty() && (token.front() == ' ' || token.front() == '\t'))
                token.remove_prefix(1);
            while (!token.empty() && (token.back() == ' ' || token.back() == '\t'))
                token.remove_suffix(1);
            if (equal_ignoring_case(token, "close")) return false;
            if (equal_ignoring_case(token, "keep-alive")) keep = true;
            start = end + 1;
        }
    }
    return keep;
}

unsigned judge_framing(const HeadParser& parser, const Head& head, const Limits& limits) {
    if (parser.hosts != 1 || parser.lengths > 1 || parser.encodings > 1) return 400;
    if (parser.lengths && parser.encodings) return 400;
    if (head.chunked && head.http_1_0) return 400;
    if (head.content_length > limits.body_bytes_max) return 413;
    return 0;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Whether a version stands where it should, if only one that isn't spoken here. With a space in the
// target something else does.
bool names_version(std::string_view head) {
    auto line = head.substr(0, head.find('\r'));
    auto target = line.find(' ');
    auto version = target == std::string_view::npos ? target : line.find(' ', target + 1);
    if (version == std::string_view::npos) return false;
    auto text = line.substr(version + 1);
    return text.size() == 8 && text.starts_with("HTTP/") && is_digit(text[5]) && text[6] == '.' &&
           is_digit(text[7]);
}

unsigned refusal_of(
    const HeadParser& parser, boost::beast::error_code error, std::string_view head
) {
    if (parser.refusal) return parser.refusal;
    if (error == beast::error::header_limit) return 431;
    return error == beast::error::bad_version && names_version(head) ? 505 : 400;
}

bool is_name_char(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '.' || c == '_';
}

bool parse_port(std::string_view digits, std::uint16_t& port) {
    if (digits.empty()) return true;  // "host:" means the default port
    if (digits.size() > 5 || !std::ranges::all_of(digits, is_digit)) return false;
    unsigned value = 0;
    for (char c : digits) value = value * 10 + (c - '0');
    port = static_cast<std::uint16_t>(value);
    return value > 0 && value <= 65'535;
}

}  // namespace

std::size_t head_end(std::string_view bytes) {
    auto at = bytes.find("\r\n\r\n");
    return at == std::string_view::npos ? at : at + 4;
}

bool parse_authority(std::string_view text, Authority& authority) {
    authority.length = 0;
    authority.port = 0;
    bool literal = text.starts_with('[');
    auto end = literal ? text.find(']') : std::min(text.find(':'), text.size());
    if (literal && end == std::string_view::npos) return false;
    if (literal) ++end;
    auto host = text.substr(0, end);
    auto rest = text.substr(end);
    if (host.ends_with('.')) host.remove_suffix(1);
    if (host.empty() || host.size() >= authority.text.size()) return false;
    for (char c : host) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
        bool known = is_name_char(c) || (literal && (c == '[' || c == ']' || c == ':'));
        if (!known) return false;
        authority.text[authority.length++] = c;
    }
    if (authority.host().starts_with('.') || authority.host().contains("..")) return false;
    return rest.empty() || (rest[0] == ':' && parse_port(rest.substr(1), authority.port));
}

unsigned parse_head(std::string_view bytes, const Limits& limits, Head& head) {
    head.fields.clear();
    head.chunked = head.expects_continue = false;
    head.content_length = 0;
    if (bytes.size() > limits.header_bytes_max) return 431;
    if (!lines_are_clean(bytes)) return 400;
    HeadParser parser(head, limits);
    parser.eager(false);
    parser.body_limit(boost::none);
    parser.header_limit(static_cast<std::uint32_t>(limits.header_bytes_max));
    boost::beast::error_code error;
    parser.put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
    if (error) return refusal_of(parser, error, bytes);
    if (!parser.is_header_done()) return 400;
    if (auto status = judge_framing(parser, head, limits)) return status;
    if (head.target.size() > limits.target_bytes_max) return 414;
    if (!target_is_clean(head.target) || !parse_authority(parser.host, head.authority)) return 400;
    if (!to_origin_form(head)) return 400;
    head.expects_continue = head.expects_continue && !head.http_1_0;
    head.keep_alive = wants_keep_alive(head);
    return 0;
}

}  // namespace luster::http
