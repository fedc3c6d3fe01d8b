// What a step of a reconciler says it came to.
#pragma once

#include "base/time.h"

#include <string>
#include <utility>

namespace luster::reconcile {

struct Outcome {
    enum class Kind {
        done,
        again,    // nothing is wrong, but it takes a while: look again after `after`
        blocked,  // something outside is away; tried again, with back-off, without end
        failed,   // counts as an attempt; after the last one a person must look
    };
    Kind kind = Kind::done;
    Duration after{};
    std::string why;  // English, for the log and for superadmins
};

inline Outcome done() {
    return {};
}
inline Outcome again(Duration after, std::string why) {
    return {Outcome::Kind::again, after, std::move(why)};
}
inline Outcome blocked(std::string why) {
    return {Outcome::Kind::blocked, {}, std::move(why)};
}
inline Outcome failed(std::string why) {
    return {Outcome::Kind::failed, {}, std::move(why)};
}

}  // namespace luster::reconcile
