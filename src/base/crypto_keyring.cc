#include "base/crypto_keyring.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <memory>

namespace luster::crypto {
namespace {

constexpr std::size_t tag_size = 16;

struct FreeContext {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

unsigned char* octets(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}
const unsigned char* octets(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

// NUL separates: no name holds one, so two places never have the same text.
std::string bound_to(const Place& place, std::string_view key_id) {
    std::string text;
    for (auto part : {place.table, place.column, std::string_view(place.row), key_id}) {
        text.append(part).push_back('\0');
    }
    return text;
}

std::string encrypt(
    std::string_view key, std::string_view nonce, std::string_view bound, std::string_view plain
) {
    Context context(EVP_CIPHER_CTX_new());
    std::string output(plain.size() + tag_size, '\0');
    int length = 0;
    bool fine =
        EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, octets(key), octets(nonce)) &&
        EVP_EncryptUpdate(
            context.get(), nullptr, &length, octets(bound), static_cast<int>(bound.size())
        ) &&
        EVP_EncryptUpdate(
            context.get(), octets(output), &length, octets(plain), static_cast<int>(plain.size())
        ) &&
        EVP_EncryptFinal_ex(context.get(), octets(output) + length, &length) &&
        EVP_CIPHER_CTX_ctrl(
            context.get(), EVP_CTRL_GCM_GET_TAG, tag_size, octets(output) + plain.size()
        );
    LUSTER_ASSERT(fine);
    return output;
}

std::optional<std::string> decrypt(
    std::string_view key, std::string_view nonce, std::string_view bound, std::string_view cipher
) {
    Context context(EVP_CIPHER_CTX_new());
    auto size = cipher.size() - tag_size;
    std::string plain(size, '\0');
    std::string tag(cipher.substr(size));
    int length = 0;
    bool fine =
        EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, octets(key), octets(nonce)) &&
        EVP_DecryptUpdate(
            context.get(), nullptr, &length, octets(bound), static_cast<int>(bound.size())
        ) &&
        EVP_DecryptUpdate(
            context.get(), octets(plain), &length, octets(cipher), static_cast<int>(size)
        ) &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, tag_size, octets(tag)) &&
        EVP_DecryptFinal_ex(context.get(), octets(plain) + length, &length) > 0;
    return fine ? std::optional(std::move(plain)) : std::nullopt;
}

std::string_view next_line(std::string_view& text) {
    auto end = text.find('\n');
    auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    return line;
}

bool is_key_id(std::string_view id) {
    return !id.empty() && id.size() <= 32 &&
           id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == std::string_view::npos;
}

}  // namespace

Keyring Keyring::parse(std::string_view text) {
    Keyring ring;
    for (int number = 1; !text.empty(); ++number) {
        auto line = next_line(text);
        if (line.empty() || line.front() == '#') continue;
        auto space = line.find(' ');
        auto id = line.substr(0, space);
        auto key = space == std::string_view::npos ? std::nullopt
                                                   : parse_base64url(line.substr(space + 1));
        if (!is_key_id(id) || !key || key->size() != 32) {
            throw Fault(
                fmt::format("keys file, line {}: expected `id base64url-of-32-bytes`", number)
            );
        }
        if (!ring.keys_.emplace(std::string(id), Secret(std::move(*key))).second) {
            throw Fault(fmt::format("keys file, line {}: the id '{}' is there twice", number, id));
        }
        if (ring.oldest_.empty()) ring.oldest_ = id;
        ring.current_ = id;
    }
    if (ring.keys_.empty()) throw Fault("the keys file holds no key");
    return ring;
}

Secret Keyring::make_line(std::string_view id, const std::array<std::uint8_t, 32>& key) {
    LUSTER_ASSERT(is_key_id(id));
    std::string_view raw(reinterpret_cast<const char*>(key.data()), key.size());
    return Secret(fmt::format("{} {}\n", id, base64url(raw)));
}

std::string Keyring::seal(
    const Place& place, std::string_view plain, const std::array<std::uint8_t, nonce_size>& nonce
) const {
    std::string sealed(reinterpret_cast<const char*>(nonce.data()), nonce.size());
    auto key = keys_.find(current_);
    LUSTER_ASSERT(key != keys_.end());
    sealed += encrypt(key->second.reveal(), sealed, bound_to(place, current_), plain);
    return fmt::format("{}:{}", current_, base64url(sealed));
}

Secret Keyring::open(const Place& place, std::string_view sealed) const {
    auto colon = sealed.find(':');
    auto id = sealed.substr(0, colon);
    auto key = keys_.find(id);
    if (colon == std::string_view::npos || key == keys_.end()) {
        throw Fault(fmt::format("{}.{}: sealed with an unknown key", place.table, place.column));
    }
    auto raw = parse_base64url(sealed.substr(colon + 1));
    if (raw && raw->size() >= nonce_size + tag_size) {
        std::string_view view(*raw);
        auto plain = decrypt(
            key->second.reveal(),
            view.substr(0, nonce_size),
            bound_to(place, id),
            view.substr(nonce_size)
        );
        if (plain) return Secret(std::move(*plain));
    }
    throw Fault(
        fmt::format("{}.{}: the sealed value was changed or moved", place.table, place.column)
    );
}

Secret Keyring::derive(std::string_view purpose) const {
    auto key = keys_.find(oldest_);
    LUSTER_ASSERT(key != keys_.end());
    auto text = fmt::format("luster derive {}", purpose);
    return Secret(bytes_of(hmac_sha256(key->second.reveal(), text)).data);
}

}  // namespace luster::crypto
