#include "base/crypto.h"

#include "base/crypto_keyring.h"
#include "base/crypto_password.h"

#include <doctest/doctest.h>

#include <cstring>
#include <numeric>

using namespace luster;
using namespace luster::crypto;

namespace {

// Counts up, so that two draws differ and every run is the same.
struct CountingRandom {
    std::uint8_t next = 1;
    void fill(std::span<std::byte> bytes) {
        for (auto& byte : bytes) byte = std::byte(next++);
    }
};

std::string view(const Digest& digest) {
    return hex(bytes_of(digest).data);
}

Keyring ring(std::string_view ids) {
    std::string text = "# keys\n\n";
    CountingRandom random;
    for (char id : ids) {
        text += Keyring::make_line(std::string("k") + id, random_bytes<32>(random)).reveal();
    }
    return Keyring::parse(text);
}

}  // namespace

TEST_CASE("Crypto: digests match the published vectors") {
    CHECK(
        view(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    CHECK(
        view(hmac_sha256("Jefe", "what do ya want for nothing?")) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    );  // RFC 4231, case 2
}

TEST_CASE("Crypto: base64url comes back for every length and refuses second spellings") {
    std::string data;
    for (int i = 0; i < 70; ++i) {
        CHECK(parse_base64url(base64url(data)) == data);
        data += static_cast<char>(i * 37);
    }
    CHECK(base64("ab") == "YWI=");
    CHECK(base64url("\xff\xfe") == "__4");
    for (auto text : {"A", "__5", "__4=", "a b", "a+bc"}) CHECK(!parse_base64url(text));
}

TEST_CASE("Crypto: a token is found by its hash and by nothing else") {
    CountingRandom random;
    auto first = make_token(random);
    auto second = make_token(random);
    CHECK(first.text.reveal().size() == 43);
    CHECK(token_hash(first.text.reveal()) == first.hash);
    CHECK(first.hash != second.hash);
    CHECK(!token_hash("short"));
    CHECK(!token_hash(std::string(43, '!')));
}

TEST_CASE("Keyring: what was sealed opens in its place only") {
    auto keys = ring("1");
    CountingRandom random;
    auto sealed = keys.seal({"tenant_address", "owner_password", "7"}, "hunter2", random);
    CHECK(sealed.starts_with("k1:"));
    CHECK(sealed.find("hunter2") == std::string::npos);
    CHECK(keys.open({"tenant_address", "owner_password", "7"}, sealed).reveal() == "hunter2");
    CHECK_THROWS_AS(keys.open({"tenant_address", "owner_password", "8"}, sealed), Fault);
    CHECK_THROWS_AS(keys.open({"tenant_address", "theme_password", "7"}, sealed), Fault);
    CHECK_THROWS_AS(keys.open({"other", "owner_password", "7"}, sealed), Fault);
}

TEST_CASE("Keyring: every changed character is noticed") {
    auto keys = ring("1");
    CountingRandom random;
    Place place{"t", "c", "1"};
    auto sealed = keys.seal(place, "value", random);
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        auto changed = sealed;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        CHECK_THROWS_AS(keys.open(place, changed), Fault);
    }
}

TEST_CASE("Keyring: a new key seals, the old one still opens") {
    auto before = ring("1"), after = ring("12");
    CountingRandom random;
    Place place{"t", "c", "1"};
    auto old = before.seal(place, "value", random);
    CHECK(old.starts_with(std::string(before.current()) + ":"));
    CHECK(!old.starts_with(std::string(after.current()) + ":"));
    CHECK(after.open(place, old).reveal() == "value");
    CHECK(after.seal(place, "value", random).starts_with("k2:"));
    CHECK(after.derive("csrf").equals(before.derive("csrf").reveal()));
    CHECK(!after.derive("csrf").equals(after.derive("other").reveal()));
}

TEST_CASE("Keyring: a bad keys file is refused with the line, without the key") {
    CHECK_THROWS_AS(Keyring::parse(""), Fault);
    CHECK_THROWS_AS(Keyring::parse("k1 tooshort"), Fault);
    try {
        Keyring::parse("# fine\nk1 c2VjcmV0\n");
        FAIL("accepted");
    } catch (const Fault& fault) {
        CHECK(std::strstr(fault.what(), "line 2"));
        CHECK(!std::strstr(fault.what(), "c2VjcmV0"));
    }
}

TEST_CASE("Passwords: the right one fits, a wrong one and the dummy do not") {
    auto encoded = hash_password(Secret("correct horse"), {1, 2, 3});
    CHECK(encoded.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    CHECK(verify_password(encoded, Secret("correct horse")));
    CHECK(!verify_password(encoded, Secret("correct horse ")));
    CHECK(!verify_password(dummy_password_hash(), Secret("correct horse")));
    CHECK(!verify_password("nonsense", Secret("correct horse")));
    // As the reference implementation makes it.
    std::array<std::uint8_t, 16> salt;
    std::iota(salt.begin(), salt.end(), 1);
    CHECK(
        hash_password(Secret("correct horse"), salt) ==
        "$argon2id$v=19$m=19456,t=2,p=1$AQIDBAUGBwgJCgsMDQ4PEA$"
        "WSYaCniE35LgMC861etJkzreaLAHfRyCvDTHu5qnYDY"
    );
    CHECK(!password_needs_rehash(encoded));
    CHECK(password_needs_rehash("$argon2id$v=19$m=4096,t=3,p=1$AAAA$AAAA"));
}
