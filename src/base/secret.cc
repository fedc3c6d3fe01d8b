#include "base/secret.h"

#include <openssl/crypto.h>

#include <utility>

namespace luster {

Secret& Secret::operator=(Secret&& other) noexcept {
    if (this != &other) {
        wipe();
        value_ = std::move(other.value_);
        other.wipe();
    }
    return *this;
}

bool Secret::equals(std::string_view other) const {
    return value_.size() == other.size() &&
           CRYPTO_memcmp(value_.data(), other.data(), other.size()) == 0;
}

void Secret::wipe() noexcept {
    if (!value_.empty()) OPENSSL_cleanse(value_.data(), value_.size());
    value_.clear();
}

}  // namespace luster
