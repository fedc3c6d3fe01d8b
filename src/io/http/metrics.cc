#include "io/http/metrics.h"

#include <fmt/core.h>

#include <iterator>

namespace luster::http {
namespace {

template <class Read>
std::uint64_t sum(const Shared& shared, Read read) {
    std::uint64_t total = 0;
    for (auto& lane : shared.lanes) total += read(lane->counters).value();
    return total;
}

void family(std::string& out, std::string_view name, std::string_view type, std::string_view help) {
    fmt::format_to(std::back_inserter(out), "# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
}

void sample(std::string& out, std::string_view name, std::string_view labels, std::uint64_t value) {
    fmt::format_to(std::back_inserter(out), "{}{} {}\n", name, labels, value);
}

void single(
    std::string& out,
    std::string_view name,
    std::string_view type,
    std::string_view help,
    std::uint64_t value
) {
    family(out, name, type, help);
    sample(out, name, "", value);
}

void append_answers(const Shared& shared, std::string& out) {
    family(
        out,
        "luster_http_answers_total",
        "counter",
        "Answers to requests that could be read, by the first digit of their status."
    );
    for (std::size_t digit = 1; digit < 6; ++digit) {
        auto count = sum(shared, [&](const Counters& c) -> auto& { return c.answers[digit]; });
        sample(out, "luster_http_answers_total", fmt::format("{{status=\"{}xx\"}}", digit), count);
    }
}

void append_cuts(const Shared& shared, std::string& out) {
    static constexpr std::array<std::string_view, cut_count> names{
        "idle", "header", "handshake", "handler", "body", "answer", "reader"
    };
    family(
        out,
        "luster_http_cut_total",
        "counter",
        "Connections ended by a deadline, by what took too long."
    );
    for (std::size_t i = 0; i < cut_count; ++i) {
        auto count = sum(shared, [&](const Counters& c) -> auto& { return c.cut[i]; });
        sample(out, "luster_http_cut_total", fmt::format("{{phase=\"{}\"}}", names[i]), count);
    }
}

void append_latency(const Shared& shared, std::string& out) {
    constexpr std::string_view name = "luster_http_request_seconds";
    family(out, name, "histogram", "Duration of requests that were no cache hit.");
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < latency_bounds_us.size() + 1; ++i) {
        count += sum(shared, [&](const Counters& c) -> auto& { return c.latency[i]; });
        auto bound =
            i < latency_bounds_us.size() ? fmt::format("{}", latency_bounds_us[i] / 1e6) : "+Inf";
        sample(
            out, "luster_http_request_seconds_bucket", fmt::format("{{le=\"{}\"}}", bound), count
        );
    }
    auto total_us = sum(shared, [](const Counters& c) -> auto& { return c.latency_us_sum; });
    fmt::format_to(
        std::back_inserter(out),
        "{}_sum {}\n{}_count {}\n",
        name,
        static_cast<double>(total_us) / 1e6,
        name,
        count
    );
}

}  // namespace

void append_metrics(const Shared& shared, std::string& out) {
    auto total = [&](Counter Counters::* member) {
        return sum(shared, [member](const Counters& c) -> auto& { return c.*member; });
    };
    append_answers(shared, out);
    single(
        out, "luster_http_hits_total", "counter", "Answers that lay ready.", total(&Counters::hits)
    );
    single(
        out, "luster_http_sent_bytes_total", "counter", "Bytes sent.", total(&Counters::bytes_sent)
    );
    single(
        out,
        "luster_http_refused_requests_total",
        "counter",
        "Requests that could not be read, were ambiguous or came too slowly, and were refused.",
        total(&Counters::refused_requests)
    );
    single(
        out,
        "luster_http_connections",
        "gauge",
        "Open connections.",
        total(&Counters::connections_open)
    );
    single(
        out,
        "luster_http_connections_total",
        "counter",
        "Connections taken.",
        total(&Counters::connections_taken)
    );
    single(
        out,
        "luster_http_connections_refused_total",
        "counter",
        "Connections above a limit.",
        total(&Counters::connections_refused)
    );
    single(
        out,
        "luster_http_handshakes_failed_total",
        "counter",
        "TLS handshakes that failed.",
        total(&Counters::handshakes_failed)
    );
    single(
        out,
        "luster_http_log_records_lost_total",
        "counter",
        "Access log records that found the ring full.",
        total(&Counters::log_records_lost)
    );
    append_cuts(shared, out);
    append_latency(shared, out);
}

}  // namespace luster::http
