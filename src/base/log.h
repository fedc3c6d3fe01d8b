// The log: one JSON line an event, with a constant English sentence (so it can be searched) and
// fields. `call.log.info("page published", {{"page", id}})`. Lines go into a ring of bounded length
// and one thread writes them, so that a slow disk never holds a loop up; what didn't fit is counted
// and said.
#pragma once

#include "base/secret.h"
#include "base/time.h"

#include <atomic>
#include <concepts>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

namespace luster::log {

enum class Level { debug, info, warning, error };
std::optional<Level> parse_level(std::string_view name);

// A field's value, already as JSON. A Secret is no value: that doesn't compile.
class Value {
public:
    Value(std::string_view text);
    Value(const std::string& text) : Value(std::string_view(text)) {}
    Value(const char* text) : Value(std::string_view(text)) {}
    Value(std::same_as<bool> auto yes) : json_(yes ? "true" : "false") {}
    template <std::integral Number>
        requires(!std::same_as<Number, bool>)
    Value(Number number) : json_(std::to_string(number)) {}
    Value(double number);
    Value(Time time) : Value(to_rfc3339(time)) {}
    template <class Id>
        requires requires(const Id& id) {
            { id.text() } -> std::same_as<std::string>;
        }
    Value(const Id& id) : Value(id.text()) {}
    Value(const Secret&) = delete;

    const std::string& json() const { return json_; }

private:
    std::string json_;
};

struct Field {
    std::string_view name;
    Value value;
};

// Owns the ring and the thread. `output` gets whole lines and may block.
class Writer {
public:
    using Output = std::function<void(std::string_view lines)>;
    using Now = std::function<Time()>;
    static constexpr std::size_t lines_max = 8192;

    Writer(Output output, Now now, Level least = Level::info);
    ~Writer();  // writes what is still there
    Writer(const Writer&) = delete;

    bool wants(Level level) const { return level >= least_; }
    void write(Level level, std::string_view sentence, std::string_view fields_json);
    void write_whole(std::string_view lines, std::size_t count);
    void flush();  // returns when everything given before is written
    std::uint64_t dropped() const { return dropped_; }

private:
    void run();
    std::string take_lines();

    Output output_;
    Now now_;
    Level least_;
    std::mutex mutex_;
    std::condition_variable changed_, written_;
    std::string lines_;
    std::size_t line_count_ = 0;
    bool stopping_ = false;
    bool writing_ = false;
    std::uint64_t dropped_unsaid_ = 0;
    std::atomic<std::uint64_t> dropped_ = 0;
    std::thread thread_;
};

// Lines of one kind by the thousand, as the access log has them: they are written one after the
// other into one text that goes to the writer whole, without an allocation or a lock for each.
class Lines {
public:
    void begin(Time at);
    void add(std::string_view name, std::string_view text);  // `name` needs no escaping
    void add(std::string_view name, std::int64_t number);
    void end();

private:
    friend class Logger;
    std::string same_;  // what all lines have: level, sentence and the logger's own fields
    std::string text_;
    std::size_t count_ = 0;
    std::int64_t second_ = -1;
    std::string second_text_;  // of the last line's second: most share it with the one before
};

// Cheap to copy. One without a writer says nothing.
class Logger {
public:
    Logger() = default;
    explicit Logger(Writer& writer) : writer_(&writer) {}

    // With more fields on every line: request, organization, user.
    Logger with(std::initializer_list<Field> fields) const;

    void debug(std::string_view sentence, std::initializer_list<Field> fields = {}) const;
    void info(std::string_view sentence, std::initializer_list<Field> fields = {}) const;
    void warning(std::string_view sentence, std::initializer_list<Field> fields = {}) const;
    void error(std::string_view sentence, std::initializer_list<Field> fields = {}) const;

    // At level info. `write` empties it for the next ones.
    Lines lines(std::string_view sentence) const;
    void write(Lines& lines) const;

private:
    void write(Level level, std::string_view sentence, std::initializer_list<Field> fields) const;

    Writer* writer_ = nullptr;
    std::string bound_;  // `,"name":value` for each bound field
};

}  // namespace luster::log
