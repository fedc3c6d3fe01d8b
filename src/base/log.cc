#include "base/log.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
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
            json += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    }
}

bool is_plain(char c) {
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

// Whatever came in, a valid JSON string goes out: a log line must never break by its content.
void append_quoted(std::string& json, std::string_view text) {
    json += '"';
    while (!text.empty()) {
        auto plain =
            static_cast<std::size_t>(std::ranges::find_if_not(text, is_plain) - text.begin());
        json += text.substr(0, plain);
        text.remove_prefix(plain);
        if (text.empty()) break;
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
    json += '"';
}

std::string quoted(std::string_view text) {
    std::string json;
    append_quoted(json, text);
    return json;
}

void append_fields(std::string& json, std::initializer_list<Field> fields) {
    for (const auto& field : fields) {
        json += ',';
        append_quoted(json, field.name);
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
    write_whole(line, 1);
}

void Writer::write_whole(std::string_view lines, std::size_t count) {
    {
        std::lock_guard lock(mutex_);
        if (line_count_ >= lines_max) {
            dropped_unsaid_ += count;
            dropped_ += count;
            return;
        }
        lines_ += lines;
        line_count_ += count;
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
        auto text = take_lines();
        writing_ = true;
        lock.unlock();
        output_(text);
        lock.lock();
        writing_ = false;
        written_.notify_all();
    }
}

// With the lock held.
std::string Writer::take_lines() {
    line_count_ = 0;
    auto text = std::exchange(lines_, {});
    auto dropped = std::exchange(dropped_unsaid_, 0);
    if (dropped == 0) return text;
    return text + fmt::format(
                      "{{\"time\":\"{}\",\"level\":\"warning\",\"message\":\"log lines were "
                      "dropped\",\"lines\":{}}}\n",
                      to_rfc3339(now_()),
                      dropped
                  );
}

void Lines::begin(Time at) {
    constexpr std::int64_t us = 1'000'000;
    auto second = at.unix_us / us;
    if (std::exchange(second_, second) != second) {
        second_text_ = to_rfc3339({second * us});
        second_text_.pop_back();
    }
    fmt::format_to(
        std::back_inserter(text_), "{{\"time\":\"{}.{:06}Z", second_text_, at.unix_us % us
    );
    text_ += same_;
}

void Lines::add(std::string_view name, std::string_view text) {
    text_.append(",\"").append(name).append("\":");
    append_quoted(text_, text);
}

void Lines::add(std::string_view name, std::int64_t number) {
    text_.append(",\"").append(name).append("\":");
    text_ += fmt::format_int(number).c_str();
}

void Lines::end() {
    text_ += "}\n";
    ++count_;
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

Lines Logger::lines(std::string_view sentence) const {
    Lines lines;
    lines.same_ = "\",\"level\":\"info\",\"message\":" + quoted(sentence) + bound_;
    return lines;
}

void Logger::write(Lines& lines) const {
    if (writer_ && writer_->wants(Level::info) && lines.count_)
        writer_->write_whole(lines.text_, lines.count_);
    lines.text_.clear();
    lines.count_ = 0;
}

}  // namespace luster::log
