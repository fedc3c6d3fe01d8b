#include "io/http/status.h"

#include <fmt/core.h>

namespace luster::http {

std::string_view reason_phrase(unsigned status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 206:
            return "Partial Content";
        case 301:
            return "Moved Permanently";
        case 302:
            return "Found";
        case 303:
            return "See Other";
        case 304:
            return "Not Modified";
        case 307:
            return "Temporary Redirect";
        case 308:
            return "Permanent Redirect";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 402:
            return "Payment Required";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 406:
            return "Not Acceptable";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 410:
            return "Gone";
        case 412:
            return "Precondition Failed";
        case 413:
            return "Content Too Large";
        case 414:
            return "URI Too Long";
        case 415:
            return "Unsupported Media Type";
        case 416:
            return "Range Not Satisfiable";
        case 417:
            return "Expectation Failed";
        case 421:
            return "Misdirected Request";
        case 422:
            return "Unprocessable Content";
        case 428:
            return "Precondition Required";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 502:
            return "Bad Gateway";
        case 503:
            return "Service Unavailable";
        case 504:
            return "Gateway Timeout";
        case 505:
            return "HTTP Version Not Supported";
        default:
            return "Status";
    }
}

namespace {

// In English: a head that is refused says nothing of a language yet.
std::string_view sentence(unsigned status) {
    switch (status) {
        case 400:
            return "The request is not well-formed HTTP, or can be read in two ways. Nothing was "
                   "done.";
        case 404:
            return "There is nothing at this address.";
        case 408:
            return "The request did not arrive in time. Send it again.";
        case 413:
            return "The content is larger than it may be here.";
        case 414:
            return "The address is longer than it may be here.";
        case 417:
            return "Of expectations only 100-continue is known here.";
        case 431:
            return "The header fields are more, or longer, than they may be here. Fewer cookies "
                   "may help.";
        case 500:
            return "Something failed here. It was written down; try again in a moment.";
        case 501:
            return "Of transfer codings only chunked is known here.";
        case 503:
            return "There is too much to do here. Try again in a moment.";
        case 505:
            return "HTTP/1.1 is spoken here.";
        default:
            return reason_phrase(status);
    }
}

}  // namespace

Response problem_response(unsigned status) {
    auto body = fmt::format(
        R"({{"type":"about:blank","title":"{}","status":{},"detail":"{}"}})",
        reason_phrase(status),
        status,
        sentence(status)
    );
    auto response = Response::json(status, std::move(body));
    response.set("content-type", "application/problem+json").set("cache-control", "no-store");
    return response;
}

}  // namespace luster::http
