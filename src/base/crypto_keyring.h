// What must be read again is stored sealed: AES-256-GCM under a key with an id, bound to its table,
// column and row. So keys rotate by sealing anew, and a value copied to another place doesn't open.
#pragma once

#include "base/crypto.h"
#include "base/result.h"

#include <map>
#include <string>
#include <string_view>

namespace luster::crypto {

// Where a sealed value lives; `row` is the primary key as text.
struct Place {
    std::string_view table;
    std::string_view column;
    std::string row;
};

class Keyring {
public:
    static constexpr std::size_t nonce_size = 12;

    // The content of LUSTER_KEYS_FILE: a line a key, `id base64url-of-32-bytes`, `#` begins a
    // comment. The last key seals; the others still open. A Fault names the line that is wrong,
    // never the key.
    static Keyring parse(std::string_view text);
    // A line for such a file.
    static Secret make_line(std::string_view id, const std::array<std::uint8_t, 32>& key);

    // "id:base64url(nonce, ciphertext, tag)". A nonce must never be used twice under one key.
    std::string seal(
        const Place& place,
        std::string_view plain,
        const std::array<std::uint8_t, nonce_size>& nonce
    ) const;
    template <class Random>
    std::string seal(const Place& place, std::string_view plain, Random& random) const {
        return seal(place, plain, random_bytes<nonce_size>(random));
    }
    // A Fault when the value was changed, belongs elsewhere or its key is gone.
    Secret open(const Place& place, std::string_view sealed) const;
    std::string_view current() const { return current_; }  // the id of the key that seals

    // A key for one purpose ("idempotency"), of 32 bytes, from the oldest key: it stays the same
    // when a key is added.
    Secret derive(std::string_view purpose) const;

private:
    std::map<std::string, Secret, std::less<>> keys_;
    std::string current_;
    std::string oldest_;
};

}  // namespace luster::crypto
