// What PostgreSQL answered to one statement, in the binary format.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

struct pg_result;

namespace luster::pg {

class Answer {
public:
    Answer() = default;
    explicit Answer(pg_result* result) : result_(result) {}

    int rows() const;
    int columns() const;
    std::optional<std::string_view> cell(int row, int column) const;  // nothing: NULL
    std::int64_t affected() const;                                    // rows inserted, updated …
    pg_result* get() const { return result_.get(); }
    explicit operator bool() const { return result_ != nullptr; }

private:
    struct Clear {
        void operator()(pg_result* result) const;
    };
    std::unique_ptr<pg_result, Clear> result_;
};

}  // namespace luster::pg
