#include "base/log.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <utility>

namespace luster::log {
namespace {

constexpr std::array<std::string_view, 4> level_names{"debug", "info", "warning", "error"};

bool is_continuation(char c) {
    return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

// The length of the UTF-8 sequence at the front; 0 where there is none (overlong forms and
// surrogates included: readers of JSON refuse them).
std::size_t sequence_length(std::string_view text) {
    auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    std::size_t length = at(0) < 0x80   ? 1
                         : at(0) < 0xc2 ? 0
                         : at(0) < 0xe0 ? 2
                         : at(0) < 0xf0 ? 3
                         : at(0) < 0xf5 ? 4
                                        : 0;
    if (length > text.size()) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if (!is_continuation(text[i])) return 0;
    }
    if ((at(0) == 0xe0 && at(1) < 0xa0) || (at(0) == 0xed && at(1) > 0x9f)) return 0;
    if ((at(0) == 0xf0 && at(1) < 0x90) || (at(0) == 0xf4 && at(1) > 0x8f)) return 0;
    return length;
}

void append_escaped(std::string& json, char c) {
    switch (c) {
        case '"':
            json += "\\\"";
            break;
        case '\\':
            json += "\\\\";
            break;
        case '\n':
            json += "\\n";
            break;
        case '\r':
            json += "\\r";
            break;
        case '\t':
            json += "\\t";
            break;
        default:
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
                json += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
            } else {
                json += c;
            }
    }
}

// Whatever came in, a valid JSON string goes out: a log line must never break by its content.
std::string quoted(std::string_view text) {
    std::string json = "\"";
    while (!text.empty()) {
        auto length = sequence_length(text);
        if (length == 0) {
            json += "\\ufffd";
            length = 1;
        } else if (length == 1) {
            append_escaped(json, text.front());
        } else {
            json += text.substr(0, length);
        }
        text.remove_prefix(length);
    }
    return json + '"';
}

void append_fields(std::string& json, std::initializer_list<Field> fields) {
    for (const auto& field : fields) {
        json += ',';
        json += quoted(field.name);
        json += ':';
        json += field.value.json();
    }
}

}  // namespace

std::optional<Level> parse_level(std::string_view name) {
    for (std::size_t i = 0; i < level_names.size(); ++i) {
        if (level_names[i] == name) return static_cast<Level>(i);
    }
    return std::nullopt;
}

Value::Value(std::string_view text) : json_(quoted(text)) {}

Value::Value(double number) : json_(std::isfinite(number) ? fmt::format("{}", number) : "null") {}

Writer::Writer(Output output, Now now, Level least)
    : output_(std::move(output)), now_(std::move(now)), least_(least), thread_([this] { run(); }) {}

Writer::~Writer() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

void Writer::write(Level level, std::string_view sentence, std::string_view fields_json) {
    auto line = fmt::format(
        "{{\"time\":\"{}\",\"level\":\"{}\",\"message\":{}{}}}\n",
        to_rfc3339(now_()),
        level_names[static_cast<std::size_t>(level)],
        quoted(sentence),
        fields_json
    );
    {
        std::lock_guard lock(mutex_);
        if (lines_.size() >= lines_max) {
            ++dropped_unsaid_;
            ++dropped_;
            return;
        }
        lines_.push_back(std::move(line));
    }
    changed_.notify_one();
}

void Writer::flush() {
    std::unique_lock lock(mutex_);
    written_.wait(lock, [&] { return lines_.empty() && !writing_; });
}

void Writer::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [&] { return stopping_ || !lines_.empty(); });
        if (lines_.empty()) return;
        auto text = take_lines(lock);
        output_(text);
        lock.lock();
        writing_ = false;
        written_.notify_all();
    }
}

// Leaves the lock open: formatting and writing must not hold up who logs.
std::string Writer::take_lines(std::unique_lock<std::mutex>& lock) {
    std::vector<std::string> lines;
    lines.swap(lines_);
    auto dropped = std::exchange(dropped_unsaid_, 0);
    writing_ = true;
    lock.unlock();
    std::string text;
    for (auto& line : lines) text += line;
    if (dropped > 0) {
        text += fmt::format(
            "{{\"time\":\"{}\",\"level\":\"warning\",\"message\":\"log lines were dropped\","
            "\"lines\":{}}}\n",
            to_rfc3339(now_()),
            dropped
        );
    }
    return text;
}

Logger Logger::with(std::initializer_list<Field> fields) const {
    Logger logger = *this;
    if (writer_) append_fields(logger.bound_, fields);
    return logger;
}

void Logger::debug(std::string_view sentence, std::initializer_list<Field> fields) const {
    write(Level::debug, sentence, fields);
}
void Logger::info(std::string_view sentence, std::initializer_list<Field> fields) const {
    write(Level::info, sentence, fields);
}
void Logger::warning(std::string_view sentence, std::initializer_list<Field> fields) const {
    write(Level::warning, sentence, fields);
}
void Logger::error(std::string_view sentence, std::initializer_list<Field> fields) const {
    write(Level::error, sentence, fields);
}

void Logger::write(Level level, std::string_view sentence, std::initializer_list<Field> fields)
    const {
    if (!writer_ || !writer_->wants(level)) return;
    auto json = bound_;
    append_fields(json, fields);
    writer_->write(level, sentence, json);
}

}  // namespace luster::log
