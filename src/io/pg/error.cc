#include "io/pg/error.h"

namespace luster::pg {

Error::Error(std::string sqlstate, std::string sentence, std::string constraint)
    : Fault(sqlstate.empty() ? sentence : sqlstate + ": " + sentence),
      sqlstate_(std::move(sqlstate)),
      constraint_(std::move(constraint)) {}

bool Error::violates(std::string_view constraint) const {
    return sqlstate_.starts_with("23") && constraint_ == constraint;
}

bool Error::connection_lost() const {
    return sqlstate_.empty() || sqlstate_.starts_with("08") || sqlstate_.starts_with("53") ||
           sqlstate_.starts_with("57P") || sqlstate_.starts_with("XX");
}

bool Error::refused() const {
    return sqlstate_ == "42501" || sqlstate_ == "3D000" || sqlstate_ == "28P01" ||
           sqlstate_ == "28000";
}

bool Error::serialization_failure() const {
    return sqlstate_ == "40001" || sqlstate_ == "40P01";
}

}  // namespace luster::pg
