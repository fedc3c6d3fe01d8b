#include "io/http/tls.h"

#include "io/http/parse.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <sys/stat.h>

namespace luster::http {
namespace {

using File = std::unique_ptr<BIO, Released<BIO_free>>;

File open_file(const std::string& path) {
    return File(BIO_new_file(path.c_str(), "r"));
}

std::int64_t modified_ns(const std::string& path) {
    struct stat status;
    if (stat(path.c_str(), &status) != 0) return 0;
    return status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec;
}

// Null where a file is absent, unreadable, or chain and key don't belong together.
std::shared_ptr<const Certificate> parse(const std::string& base) {
    auto chain_file = open_file(base + ".crt");
    auto key_file = open_file(base + ".key");
    if (!chain_file || !key_file) return nullptr;
    auto made = std::make_shared<Certificate>();
    made->leaf.reset(PEM_read_bio_X509(chain_file.get(), nullptr, nullptr, nullptr));
    while (auto* next = PEM_read_bio_X509(chain_file.get(), nullptr, nullptr, nullptr))
        made->chain.emplace_back(next);
    made->key.reset(PEM_read_bio_PrivateKey(key_file.get(), nullptr, nullptr, nullptr));
    bool whole =
        made->leaf && made->key && X509_check_private_key(made->leaf.get(), made->key.get()) == 1;
    ERR_clear_error();  // the end of the chain is reported as an error
    return whole ? made : nullptr;
}

int only_http_1_1(SSL*, const unsigned char** chosen, unsigned char* length, const unsigned char* offered, unsigned offered_length, void*) {
    static const unsigned char ours[] = "\x08http/1.1";
    auto* out = const_cast<unsigned char**>(chosen);
    int found = SSL_select_next_proto(out, length, ours, sizeof ours - 1, offered, offered_length);
    return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

}  // namespace

Certificates::Certificates(Tls tls, Warn warn)
    : tls_(std::move(tls)), warn_(std::move(warn)), context_(SSL_CTX_new(TLS_server_method())) {
    auto* context = context_.get();
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(
        context, SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_COMPRESSION
    );
    SSL_CTX_set_mode(
        context,
        SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
            SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
    );
    SSL_CTX_set_alpn_select_cb(context, only_http_1_1, nullptr);
    SSL_CTX_set_cert_cb(context, choose, this);
    bool has_default = modified_ns(tls_.folder + "/default.crt") != 0;
    if (modified_ns(tls_.folder) == 0)
        throw Fault("the folder of certificates is missing: " + tls_.folder);
    if (has_default && !load("default"))
        throw Fault("default.crt and default.key can't be read: " + tls_.folder);
}

Ssl Certificates::accept(int socket) {
    Ssl ssl(SSL_new(context_.get()));
    if (!ssl || SSL_set_fd(ssl.get(), socket) != 1) throw Fault("no TLS session could be made");
    SSL_set_accept_state(ssl.get());
    return ssl;
}

int Certificates::choose(SSL* ssl, void* self) {
    const char* name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    auto certificate = static_cast<Certificates*>(self)->find(name ? name : "");
    if (!certificate) return 0;  // the handshake ends with an alert
    SSL_certs_clear(ssl);
    if (SSL_use_certificate(ssl, certificate->leaf.get()) != 1) return 0;
    for (auto& issuer : certificate->chain) {
        if (SSL_add1_chain_cert(ssl, issuer.get()) != 1) return 0;
    }
    return SSL_use_PrivateKey(ssl, certificate->key.get());
}

// The host's own, its parent's wildcard, the default.
std::shared_ptr<const Certificate> Certificates::find(std::string_view host) {
    std::lock_guard lock(mutex_);
    Authority authority;  // what is no host name must not become a path
    if (!host.empty() && host.find(':') == host.npos && parse_authority(host, authority)) {
        std::string name(authority.host());
        if (auto own = load(name)) return own;
        if (auto dot = name.find('.'); dot != std::string::npos) {
            if (auto wildcard = load("_" + name.substr(dot))) return wildcard;
        }
    }
    return load("default");
}

std::shared_ptr<const Certificate> Certificates::load(const std::string& name) {
    auto base = tls_.folder + "/" + name;
    auto modified = modified_ns(base + ".crt");
    auto found = kept_.find(name);
    if (found != kept_.end() && found->second.modified_ns == modified) {
        uses_.splice(uses_.begin(), uses_, found->second.use);
        return found->second.certificate;
    }
    auto certificate = modified ? parse(base) : nullptr;
    if (!certificate && modified) tell_unreadable(name, modified);
    // While a new pair is half written, the old one serves on.
    if (!certificate && modified && found != kept_.end()) return found->second.certificate;
    if (found != kept_.end()) {
        uses_.erase(found->second.use);
        kept_.erase(found);
    }
    if (!certificate) return nullptr;
    uses_.push_front(name);
    kept_.emplace(name, Kept{certificate, modified, uses_.begin()});
    if (kept_.size() > tls_.certificates_max) {
        kept_.erase(uses_.back());
        uses_.pop_back();
    }
    return certificate;
}

// Once for each state of a file: every handshake meets it.
void Certificates::tell_unreadable(const std::string& name, std::int64_t modified_ns) {
    auto& told = unreadable_[name];
    if (std::exchange(told, modified_ns) == modified_ns || !warn_) return;
    warn_(fmt::format(
        "{0}/{1}.crt with {1}.key can't be read as a certificate; another one is served",
        tls_.folder,
        name
    ));
}

}  // namespace luster::http
