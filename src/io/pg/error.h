// A fault of PostgreSQL or of the way to it. What a caller may have caused is asked for by name:
// `catch (const pg::Error& error) { if (error.violates("page_slug_unique")) … }`.
#pragma once

#include "base/result.h"

#include <chrono>
#include <string>
#include <string_view>

namespace luster::pg {

class Error : public Fault {
public:
    Error(std::string sqlstate, std::string sentence, std::string constraint = {});

    // Five characters; empty where no server answered.
    const std::string& sqlstate() const { return sqlstate_; }
    const std::string& constraint() const { return constraint_; }
    // A unique, foreign key or check constraint, or a unique index, of this name.
    bool violates(std::string_view constraint) const;
    // The connection can't be used any more: no server, class 08, 53, 57P or XX.
    bool connection_lost() const;
    // Refused at the door: 42501 wrong tenant, 3D000 database gone, 28P01 password or unknown role.
    bool refused() const;
    bool serialization_failure() const;  // 40001, 40P01: worth one more try

private:
    std::string sqlstate_;
    std::string constraint_;
};

// No connection became free in time: 503 with Retry-After at the edge.
class Busy : public Error {
public:
    explicit Busy(std::string sentence) : Error("", std::move(sentence)) {}
    std::chrono::seconds retry_after() const { return std::chrono::seconds(1); }
};

// A transaction or a read outlived its deadline.
class TimedOut : public Error {
public:
    explicit TimedOut(std::string sentence) : Error("", std::move(sentence)) {}
};

}  // namespace luster::pg
