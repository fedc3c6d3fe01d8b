#include "io/http/testing/client.h"

#include <doctest/doctest.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <arpa/inet.h>
#include <filesystem>
#include <fstream>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace luster;
using namespace luster::http;
using namespace luster::http::testing;
using namespace std::chrono_literals;

namespace {

// A folder of self-signed certificates.
struct CertificateFolder {
    CertificateFolder() {
        char name[] = "/tmp/luster-tls-XXXXXX";
        path = ::mkdtemp(name);
    }
    ~CertificateFolder() { std::filesystem::remove_all(path); }

    void make(const std::string& file, const std::string& common_name) {
        EVP_PKEY* key = EVP_EC_gen("P-256");
        X509* certificate = X509_new();
        X509_set_version(certificate, 2);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial);
        X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
        X509_gmtime_adj(X509_getm_notAfter(certificate), 3'600);
        X509_set_pubkey(certificate, key);
        auto* name = X509_get_subject_name(certificate);
        auto* bytes = reinterpret_cast<const unsigned char*>(common_name.c_str());
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, bytes, -1, -1, 0);
        X509_set_issuer_name(certificate, name);
        X509_sign(certificate, key, EVP_sha256());
        BIO* out = BIO_new_file((path / (file + ".key")).c_str(), "w");
        PEM_write_bio_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
        BIO_free(out);
        out = BIO_new_file((path / (file + ".crt")).c_str(), "w");
        PEM_write_bio_X509(out, certificate);
        BIO_free(out);
        X509_free(certificate);
        EVP_PKEY_free(key);
    }

    std::filesystem::path path;
    int serial = 0;
};

struct SecureClient {
    SecureClient(std::uint16_t port, const char* host) {
        socket = ::socket(AF_INET, SOCK_STREAM, 0);
        timeval limit{8, 0};
        ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        REQUIRE(::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
        context = SSL_CTX_new(TLS_client_method());
        ssl = SSL_new(context);
        if (host) SSL_set_tlsext_host_name(ssl, host);
        SSL_set_fd(ssl, socket);
        connected = SSL_connect(ssl) == 1;
    }
    ~SecureClient() {
        SSL_free(ssl);
        SSL_CTX_free(context);
        ::close(socket);
    }
    std::string certificate_name() const {
        X509* certificate = SSL_get1_peer_certificate(ssl);
        if (!certificate) return "";
        char name[256] = {};
        X509_NAME_get_text_by_NID(
            X509_get_subject_name(certificate), NID_commonName, name, sizeof name
        );
        X509_free(certificate);
        return name;
    }
    // Everything up to the end of the connection.
    std::string exchange(std::string_view request) {
        SSL_write(ssl, request.data(), static_cast<int>(request.size()));
        std::string all;
        char block[16'384];
        for (int got; (got = SSL_read(ssl, block, sizeof block)) > 0;)
            all.append(block, static_cast<std::size_t>(got));
        return all;
    }

    int socket;
    SSL_CTX* context;
    SSL* ssl;
    bool connected;
};

Config secure(const CertificateFolder& folder) {
    Config config;
    config.listen.push_back({"127.0.0.1", 0, true});
    config.tls = Tls{.folder = folder.path, .certificates_max = 2};
    config.limits.handshake_max = 1s;
    return config;
}

}  // namespace

TEST_CASE("tls: each host gets its own certificate, unknown ones the default") {
    CertificateFolder folder;
    folder.make("default", "the default");
    folder.make("a.test", "only a");
    folder.make("_.b.test", "all of b");
    RunningServer running(secure(folder));
    auto name_for = [&](const char* host) {
        return SecureClient(running.port(), host).certificate_name();
    };
    for (int round = 0; round < 2; ++round) {
        CHECK(name_for("a.test") == "only a");
        CHECK(name_for("A.TEST") == "only a");
        CHECK(name_for("x.b.test") == "all of b");
        CHECK(name_for("x.y.b.test") == "the default");
        CHECK(name_for("other.test") == "the default");
        CHECK(name_for("../a.test") == "the default");
        CHECK(name_for(nullptr) == "the default");
    }
}

TEST_CASE("tls: a renewed certificate is served without a restart") {
    CertificateFolder folder;
    folder.make("a.test", "old");
    RunningServer running(secure(folder));
    CHECK(SecureClient(running.port(), "a.test").certificate_name() == "old");
    std::this_thread::sleep_for(20ms);
    folder.make("a.test", "new");
    CHECK(SecureClient(running.port(), "a.test").certificate_name() == "new");
}

TEST_CASE(
    "tls: without a certificate for the host the handshake is refused, and one that stalls is cut"
) {
    CertificateFolder folder;
    folder.make("a.test", "only a");
    RunningServer running(secure(folder));
    CHECK(!SecureClient(running.port(), "b.test").connected);
    Client silent(running.port());
    CHECK(silent.ended());
    CHECK(running.metrics().contains("luster_http_cut_total{phase=\"handshake\"} 1"));
}

TEST_CASE("tls: a certificate that can't be read is told of once") {
    CertificateFolder folder;
    folder.make("default", "the default");
    std::ofstream(folder.path / "a.test.crt") << "no certificate";
    std::vector<std::string> told;
    auto config = secure(folder);
    config.trouble_log = [&](std::string_view what) { told.emplace_back(what); };
    RunningServer running(std::move(config));
    for (int round = 0; round < 3; ++round) {
        CHECK(SecureClient(running.port(), "a.test").certificate_name() == "the default");
    }
    REQUIRE(told.size() == 1);
    CHECK(told[0].contains("/a.test.crt"));
}

TEST_CASE("tls: requests, large answers, files and streams work as without") {
    CertificateFolder folder;
    folder.make("default", "the default");
    RunningServer running(secure(folder));
    auto large = std::make_shared<const std::string>(3'000'000, 'x');
    running.handler.answer = [&](Request& request) -> Task<Response> {
        if (request.path == "/large") co_return Response::text(200, *large);
        if (request.path == "/stream") {
            co_return Response::stream("text/plain", [](Writer& writer) -> Task<void> {
                for (int i = 0; i < 3; ++i) co_await writer.write("piece ");
            });
        }
        auto body = co_await request.body->all(1'000'000);
        co_return Response::text(200, std::string(request.scheme) + ":" + *body);
    };
    auto exchange = [&](const std::string& request) {
        return SecureClient(running.port(), "a").exchange(request);
    };
    CHECK(exchange("POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc"
    )
              .ends_with("https:abc"));
    CHECK(exchange("GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").ends_with(*large)
    );
    CHECK(exchange("GET /stream HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
              .ends_with("6\r\npiece \r\n6\r\npiece \r\n6\r\npiece \r\n0\r\n\r\n"));
}

TEST_CASE("tls: a folder or default that can't be read is a fault at the start") {
    Loops loops(1);
    FunctionHandler handler;
    Config config;
    config.tls = Tls{.folder = "/nowhere/at/all"};
    CHECK_THROWS_AS(Server(loops, config, handler), Fault);
    CertificateFolder folder;
    folder.make("default", "a");
    CertificateFolder other;
    other.make("default", "b");
    std::filesystem::copy_file(
        other.path / "default.key",
        folder.path / "default.key",
        std::filesystem::copy_options::overwrite_existing
    );
    CHECK_THROWS_AS(Server(loops, secure(folder), handler), Fault);
}
