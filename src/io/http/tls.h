// Certificates from files, chosen by the name that the client asks for. One SSL_CTX for all hosts.
#pragma once

#include "io/http/http.h"

#include <openssl/ssl.h>

#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace luster::http {

template <auto release>
struct Released {
    template <class T>
    void operator()(T* pointer) const {
        release(pointer);
    }
};
using SslContext = std::unique_ptr<SSL_CTX, Released<SSL_CTX_free>>;
using Ssl = std::unique_ptr<SSL, Released<SSL_free>>;

// A chain and its key, parsed (some 0.5 ms): shared by handshakes and cache.
struct Certificate {
    std::unique_ptr<X509, Released<X509_free>> leaf;
    std::vector<std::unique_ptr<X509, Released<X509_free>>> chain;
    std::unique_ptr<EVP_PKEY, Released<EVP_PKEY_free>> key;
};

class Certificates {
public:
    using Warn = std::function<void(std::string_view)>;
    // Throws Fault without a folder or with a broken default.
    explicit Certificates(Tls tls, Warn warn = nullptr);
    Ssl accept(int socket);

private:
    struct Kept {
        std::shared_ptr<const Certificate> certificate;
        std::int64_t modified_ns = 0;
        std::list<std::string>::iterator use;
    };
    static int choose(SSL* ssl, void* self);
    std::shared_ptr<const Certificate> find(std::string_view host);
    std::shared_ptr<const Certificate> load(const std::string& name);
    void tell_unreadable(const std::string& name, std::int64_t modified_ns);

    Tls tls_;
    Warn warn_;
    SslContext context_;
    std::mutex mutex_;
    std::unordered_map<std::string, Kept> kept_;
    std::list<std::string> uses_;                               // most recent first
    std::unordered_map<std::string, std::int64_t> unreadable_;  // told of, with the file's time
};

}  // namespace luster::http
