// The HTTP server: HTTP/1.1 over TCP and TLS, one event loop a core, a connection stays on its
// loop. What it promises: a request that two readers could understand differently is refused;
// everything that a peer can make long, slow or many has a limit; an answer of the hit path
// (Handler::try_now) costs neither a coroutine nor an allocation.
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "io/loop/loops.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace luster::http {

enum class Method : std::uint8_t { get, head, post, put, patch, del, options, other };
std::string_view method_name(Method method);

// The fields of a request as they were sent; names are compared without regard to case.
struct Field {
    std::string_view name;
    std::string_view value;
};
class Headers {
public:
    Headers() = default;
    explicit Headers(std::span<const Field> fields) : fields_(fields) {}

    std::string_view find(std::string_view name
    ) const;  // the first one's value; empty where absent
    bool has(std::string_view name) const;
    auto begin() const { return fields_.begin(); }
    auto end() const { return fields_.end(); }

private:
    std::span<const Field> fields_;
};
bool equal_ignoring_case(std::string_view a, std::string_view b);

// The client left, stalled or sent a broken body while it was read. Let it pass: the server answers
// where an answer is still possible, and closes.
class BodyBroken : public Fault {
public:
    BodyBroken(unsigned status, const char* what) : Fault(what), status(status) {}
    unsigned status;  // 400, 408, 413, or 0 where nobody is left to answer
};

// The body of a request, read as it comes. What a handler leaves unread is read and dropped up to a
// limit; beyond it the connection is closed after the answer.
class Body {
public:
    virtual bool empty() const = 0;  // no body was announced, or all of it has been read
    // What Content-Length says is still to come; 0 where nobody says.
    virtual std::uint64_t announced_bytes() const { return 0; }
    // Some bytes; 0 at the end. Throws BodyBroken.
    virtual Task<std::size_t> read(std::span<char> into) = 0;
    // All of it, or Problem too_large.
    Task<Result<std::string>> all(std::size_t bytes_max);

protected:
    ~Body() = default;
};

// Views live until the answer is complete, that of a stream included.
struct Request {
    Method method = Method::other;
    std::string_view method_text;
    std::string_view target;  // as sent, "/de/about?q=x"; always with a leading slash
    std::string_view path;    // before the '?', not decoded
    std::string_view query;   // after it
    std::string_view host;    // lower case, without port and trailing dot; "[::1]" for IPv6
    std::uint16_t port = 0;   // 0: none in Host
    std::string_view scheme;  // "http", "https"; that of the proxy where it is trusted
    std::string_view client;  // address of the client: the peer's, or what a trusted proxy says
    std::string_view id;      // of this request, for logs and the answer's X-Request-Id
    bool keep_alive = true;
    Headers headers;
    // Whose it turns out to be: the handler tells it to the access log where it knows.
    OrgId organization{0};
    UserId user{};
    Body* body = nullptr;  // never null in handle(); null in try_now()
};
// "%C3%A4" → "ä"; nothing where an escape is broken or means NUL.
std::optional<std::string> percent_decoded(std::string_view text);
// All parameters of a query in their order, decoded; nothing where an escape is broken.
using QueryPairs = std::vector<std::pair<std::string, std::string>>;
std::optional<QueryPairs> query_pairs(std::string_view query);
// The value of a query parameter, decoded ('+' is a space).
std::optional<std::string> query_value(std::string_view query, std::string_view name);
std::string_view cookie(const Request& request, std::string_view name);

// Writes a stream's pieces as the reader takes them. A reader that is too slow is cut.
class Writer {
public:
    // False once the reader has left, was cut, or the server is stopping: then return.
    virtual Task<bool> write(std::string_view bytes) = 0;
    virtual bool open() const = 0;
    // One server-sent event; `data` may hold several lines.
    Task<bool> event(std::string_view name, std::string_view data, std::string_view id = {});

protected:
    ~Writer() = default;
};

// A part of an open file, sent without copying where the connection has no TLS.
struct FilePart {
    std::shared_ptr<const int> descriptor;
    std::uint64_t offset = 0;
    std::uint64_t bytes = 0;
};

// A complete answer that lies ready in memory. `head`: status line and fields, each ended by CRLF,
// with Content-Length and without Date, Connection and X-Request-Id, which the server adds.
struct Direct {
    unsigned status = 0;
    std::string_view head;
    std::string_view body;              // not sent for HEAD
    std::shared_ptr<const void> owner;  // keeps both alive until they are written
    OrgId organization{0};              // for the access log
};

struct Response {
    using Stream = std::function<Task<void>(Writer&)>;

    unsigned status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string_view fixed_fields;  // lines that every answer of a kind has; they live for ever
    std::string body;
    std::optional<FilePart> file;               // instead of body
    Stream streamed;                            // instead of both
    std::optional<Direct> direct;               // instead of all of the above
    std::optional<std::uint64_t> stream_bytes;  // where a stream's length is known before
    bool heartbeats = false;  // comment lines while a stream is silent (server-sent events)

    static Response text(unsigned status, std::string body);
    static Response html(unsigned status, std::string body);
    static Response json(unsigned status, std::string body);
    static Response redirect(unsigned status, std::string location);
    // text/event-stream with heartbeats. What `stream` captures must be its own.
    static Response events(Stream stream);
    static Response stream(std::string content_type, Stream stream);
    Response& set(std::string_view name, std::string value);  // replaces
    Response& add(std::string_view name, std::string value);  // beside others: Set-Cookie
};

class Handler {
public:
    virtual ~Handler() = default;
    // The hit path, asked first for GET and HEAD without a body: no coroutine, no allocation, no
    // waiting.
    virtual bool try_now(const Request&, Direct&) noexcept { return false; }
    virtual Task<Response> handle(Request& request) = 0;
};

struct Limits {
    std::size_t header_bytes_max = 16'384;
    std::size_t header_count_max = 100;
    std::size_t target_bytes_max = 8'192;
    std::uint64_t body_bytes_max =
        5'368'709'120;                         // above every upload; features set their own, lower
    std::uint64_t unread_bytes_max = 262'144;  // of a body that the handler left
    std::size_t pipelined_max = 64;            // answered in one turn of the loop
    std::size_t connections_max = 20'000;
    std::size_t connections_per_address_max = 500;
    std::chrono::seconds idle_max{75};        // between requests
    std::chrono::seconds header_max{10};      // from a request's first byte to the end of its head
    std::chrono::seconds handshake_max{10};   // TLS
    std::chrono::seconds handler_max{120};    // until a handler answers; streams are exempt
    std::chrono::seconds transfer_grace{15};  // a body or an answer may stand still this long, …
    std::uint64_t transfer_rate_min = 1'024;  // … and has to move so many bytes a second on average
    std::chrono::seconds heartbeat_every{15};
};

// One folder: `HOST.crt` (chain) and `HOST.key` in PEM, `_.example.com.crt` for `*.example.com`,
// `default.crt` for all else. Files are read when first asked for, and again when they change.
struct Tls {
    std::string folder;
    std::size_t certificates_max = 2'000;  // kept parsed, least recently used first out
};

struct Listen {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  // 0: the system chooses
    bool tls = false;
};

// What happened, for the access log. Texts are cut to the room that a record has.
struct Access {
    std::int64_t unix_us = 0;
    std::uint32_t duration_us = 0;
    std::uint16_t status = 0;
    bool hit = false;
    std::uint64_t bytes = 0;
    std::string_view id, method, host, target, client, agent;
    OrgId organization{0};  // 0 where there is none, or nobody knows
    UserId user{};          // likewise
};

struct Config {
    std::vector<Listen> listen;
    std::optional<Tls> tls;
    Limits limits;
    // Networks ("10.0.0.0/8", "::1") whose X-Forwarded-For, -Proto and X-Request-Id are believed.
    std::vector<std::string> trusted_proxies;
    // Called on a thread of its own, in batches; records that find the ring full are counted, not
    // kept.
    std::function<void(std::span<const Access>)> access_log;
    // A fault that left a handler (it was answered by 500).
    std::function<void(std::string_view request_id, std::string_view fault)> fault_log;
    // What an operator should see to and no request tells: a certificate that can't be read,
    // connections that were refused. Seldom called, on any thread.
    std::function<void(std::string_view what)> trouble_log;
};

class Server {
public:
    // Throws Fault where an address can't be taken or a certificate can't be read.
    Server(Loops& loops, Config config, Handler& handler);
    ~Server();  // after the loops have stopped, or after drain()
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    void start();
    std::uint16_t port(std::size_t listen_index = 0) const;
    // Takes no more connections, closes idle ones, ends streams, lets requests finish; what is left
    // at the deadline is closed.
    Task<void> drain(std::chrono::milliseconds deadline);
    bool draining() const;
    std::size_t connections() const;
    void write_metrics(std::string& out) const;  // Prometheus' text format

private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace luster::http
