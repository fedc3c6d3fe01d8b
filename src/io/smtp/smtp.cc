#include "io/smtp/smtp.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <charconv>
#include <cstring>
#include <memory>

namespace luster::smtp {
namespace {

struct FreeHandle {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

void start_curl_once() {
    static const auto outcome = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (outcome != CURLE_OK) throw Fault("libcurl does not start");
}

struct Upload {
    std::string bytes;
    std::size_t at = 0;

    static std::size_t read(char* target, std::size_t size, std::size_t count, void* self) {
        auto& upload = *static_cast<Upload*>(self);
        auto length = std::min(size * count, upload.bytes.size() - upload.at);
        std::memcpy(target, upload.bytes.data() + upload.at, length);
        upload.at += length;
        return length;
    }
};

std::string url_of(const Settings& settings) {
    auto scheme = settings.security == Security::tls ? "smtps" : "smtp";
    auto url = fmt::format("{}://{}:{}", scheme, settings.host, settings.port);
    return settings.hello.empty() ? url : fmt::format("{}/{}", url, settings.hello);
}

template <class Value>
void set(CURL* handle, CURLoption option, Value value) {
    if (curl_easy_setopt(handle, option, value) != CURLE_OK)
        throw Fault("libcurl refuses an option");
}

void set_server(CURL* handle, const Settings& settings) {
    set(handle, CURLOPT_URL, url_of(settings).c_str());
    set(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(handle, CURLOPT_NOSIGNAL, 1L);  // signals and threads don't go together
    set(handle, CURLOPT_CONNECTTIMEOUT, static_cast<long>(settings.connect_max.count()));
    set(handle, CURLOPT_TIMEOUT, static_cast<long>(settings.send_max.count()));
    if (settings.security == Security::starttls) {
        set(handle, CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
    }
    if (settings.user.empty()) return;
    set(handle, CURLOPT_USERNAME, settings.user.c_str());
    set(handle, CURLOPT_PASSWORD, std::string(settings.password.reveal()).c_str());
}

// The address becomes a line of the protocol: what could end that line must not reach it.
std::string envelope(const std::string& address) {
    if (address.find_first_of("<>\r\n ") != std::string::npos || address.empty()) {
        throw NotSent("the address can't be used in SMTP", true);
    }
    return "<" + address + ">";
}

void deliver(const Settings& settings, const Mail& message) {
    std::unique_ptr<CURL, FreeHandle> handle(curl_easy_init());
    if (!handle) throw Fault("libcurl gives no handle");
    char reason[CURL_ERROR_SIZE] = "";
    set_server(handle.get(), settings);
    set(handle.get(), CURLOPT_ERRORBUFFER, reason);
    set(handle.get(), CURLOPT_MAIL_FROM, envelope(message.from.address).c_str());
    std::unique_ptr<curl_slist, FreeHandle> to(
        curl_slist_append(nullptr, envelope(message.to.address).c_str())
    );
    set(handle.get(), CURLOPT_MAIL_RCPT, to.get());
    Upload upload{compose(message)};
    set(handle.get(), CURLOPT_UPLOAD, 1L);
    set(handle.get(), CURLOPT_READFUNCTION, &Upload::read);
    set(handle.get(), CURLOPT_READDATA, &upload);
    auto outcome = curl_easy_perform(handle.get());
    if (outcome == CURLE_OK) return;
    long code = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &code);
    auto why = *reason != '\0' ? reason : curl_easy_strerror(outcome);
    // 535 is our password, not the mail: somebody may set it right.
    bool permanent = code >= 550 && code < 560;
    throw NotSent(fmt::format("{} (SMTP {})", why, code), permanent);
}

}  // namespace

Settings settings_from(std::string_view url) {
    Settings settings;
    auto after = [&](std::string_view scheme) {
        bool found = url.starts_with(scheme);
        if (found) url.remove_prefix(scheme.size());
        return found;
    };
    if (after("smtp://")) {
        settings.security = Security::none;
        settings.port = 25;
    } else if (after("smtp+starttls://")) {
        settings.port = 587;
    } else if (after("smtps://")) {
        settings.security = Security::tls;
        settings.port = 465;
    } else {
        throw Fault("the mail server must begin with smtp://, smtp+starttls:// or smtps://");
    }
    if (auto colon = url.rfind(':'); colon != std::string_view::npos && !url.ends_with(']')) {
        auto port = url.substr(colon + 1);
        auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), settings.port);
        if (error != std::errc() || end != port.data() + port.size()) {
            throw Fault("the mail server's port is no number");
        }
        url = url.substr(0, colon);
    }
    if (url.empty() || url.find_first_of("/@ ") != std::string_view::npos) {
        throw Fault(
            "the mail server needs a host, and its user and password are settings of their own"
        );
    }
    settings.host = url;
    return settings;
}

Mailbox mailbox_from(std::string_view text) {
    auto open = text.rfind('<');
    if (open == std::string_view::npos) return {std::string(text), ""};
    auto name = text.substr(0, open);
    auto address = text.substr(open + 1);
    if (!address.ends_with('>')) throw Fault("the sender must look like `Name <address>`");
    address.remove_suffix(1);
    while (name.ends_with(' ')) name.remove_suffix(1);
    return {std::string(address), std::string(name)};
}

CurlSmtp::CurlSmtp(Settings settings) : settings_(std::move(settings)) {
    start_curl_once();
}

Task<void> CurlSmtp::send(Mail message) {
    co_await pool_.run([this, message = std::move(message)] { deliver(settings_, message); });
}

Task<void> SimulatedSmtp::send(Mail message) {
    if (hook_) hook_(message);
    std::lock_guard lock(mutex_);
    sent_.push_back(std::move(message));
    co_return;
}

std::vector<Mail> SimulatedSmtp::sent() const {
    std::lock_guard lock(mutex_);
    return sent_;
}

}  // namespace luster::smtp
