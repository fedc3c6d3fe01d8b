#include "io/smtp/smtp.h"

#include "io/loop/loops.h"

#include <boost/asio.hpp>
#include <doctest/doctest.h>

#include <thread>

using namespace luster;
using namespace luster::smtp;

namespace asio = boost::asio;

namespace {

// Takes one connection and answers each line by the script's next matching reply.
class FakeServer {
public:
    explicit FakeServer(std::string rcpt_reply = "250 fine")
        : acceptor_(context_, {asio::ip::make_address("127.0.0.1"), 0}),
          thread_([this, rcpt_reply] { serve(rcpt_reply); }) {}
    ~FakeServer() { thread_.join(); }

    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
    std::string heard;

private:
    void serve(const std::string& rcpt_reply) {
        asio::ip::tcp::socket socket(context_);
        acceptor_.accept(socket);
        auto say = [&](std::string_view text) {
            asio::write(socket, asio::buffer(std::string(text) + "\r\n"));
        };
        say("220 fake");
        std::string buffer;
        bool in_data = false;
        boost::system::error_code code;
        while (true) {
            auto length = asio::read_until(socket, asio::dynamic_buffer(buffer), "\r\n", code);
            if (code) return;
            auto line = buffer.substr(0, length);
            buffer.erase(0, length);
            heard += line;
            if (in_data) {
                if (line != ".\r\n") continue;
                in_data = false;
                say("250 taken");
            } else if (line.starts_with("RCPT")) {
                say(rcpt_reply);
            } else if (line.starts_with("DATA")) {
                in_data = true;
                say("354 go on");
            } else if (line.starts_with("QUIT")) {
                return say("221 bye");
            } else {
                say("250 fine");
            }
        }
    }

    asio::io_context context_;
    asio::ip::tcp::acceptor acceptor_;
    std::thread thread_;
};

Mail message() {
    return {
        "job_1",
        Time{1'795'000'000'000'000},
        {"noreply@luster.example", "Luster"},
        {"ann@example.org", "Ann, the \"Boss\""},
        "Grüße",
        "Hello\n",
        "<p>Hello</p>"
    };
}

// The fault of sending, if there was one.
std::optional<NotSent> send(std::uint16_t port, Mail mail, std::chrono::seconds limit) {
    CurlSmtp smtp(
        {.host = "127.0.0.1", .port = port, .security = Security::none, .connect_max = limit}
    );
    std::optional<NotSent> fault;
    Loops loops(1);
    auto body = [](CurlSmtp& smtp, Mail mail, std::optional<NotSent>& fault) -> Task<void> {
        try {
            co_await smtp.send(std::move(mail));
        } catch (const NotSent& not_sent) {
            fault = not_sent;
        }
    };
    spawn(loops.executor(0), "test", body(smtp, std::move(mail), fault));
    loops.context(0).run();
    return fault;
}

}  // namespace

TEST_CASE("Smtp: a mail has both parts, and names are quoted") {
    auto mail = compose(message());
    CHECK(mail.find("Date: Wed, 18 Nov 2026 11:06:40 +0000\r\n") != std::string::npos);
    CHECK(mail.find("To: \"Ann, the \\\"Boss\\\"\" <ann@example.org>\r\n") != std::string::npos);
    CHECK(mail.find("Subject: =?UTF-8?B?R3LDvMOfZQ==?=\r\n") != std::string::npos);
    CHECK(mail.find("Message-ID: <job_1@luster.example>\r\n") != std::string::npos);
    CHECK(mail.find("Content-Type: text/plain; charset=utf-8") != std::string::npos);
    CHECK(mail.find("Content-Type: text/html; charset=utf-8") != std::string::npos);
}

TEST_CASE("Smtp: nobody writes a header through a subject, a name or an address") {
    auto evil = message();
    evil.subject = "Hi\r\nBcc: victim@example.org";
    evil.to.name = "Ann\r\nBcc: victim@example.org";
    evil.to.address = "ann@example.org>\r\nBcc: <victim@example.org";
    auto mail = compose(evil);
    CHECK(mail.substr(0, mail.find("\r\n\r\n")).find("\r\nBcc") == std::string::npos);
    CHECK(send(1, evil, std::chrono::seconds(1))->permanent());
}

TEST_CASE("Smtp: long subjects are cut between characters") {
    std::string subject;
    for (int i = 0; i < 100; ++i) subject += "ü";
    auto header = encoded_header(subject);
    CHECK(header.find("\r\n =?UTF-8?B?") != std::string::npos);
    for (std::size_t at = 0; at < header.size();) {
        auto end = std::min(header.find("\r\n ", at), header.size());
        CHECK(end - at <= 75);
        at = end + 3;
    }
}

TEST_CASE("Smtp: a mail arrives") {
    FakeServer server;
    CHECK(!send(server.port(), message(), std::chrono::seconds(5)));
    CHECK(server.heard.find("MAIL FROM:<noreply@luster.example>") != std::string::npos);
    CHECK(server.heard.find("RCPT TO:<ann@example.org>") != std::string::npos);
    CHECK(server.heard.find("PHA+SGVsbG88L3A+") != std::string::npos);
}

TEST_CASE("Smtp: a refused address is final, a busy or absent server is not") {
    {
        FakeServer server("550 no such user");
        CHECK(send(server.port(), message(), std::chrono::seconds(5))->permanent());
    }
    {
        FakeServer server("451 later");
        CHECK(!send(server.port(), message(), std::chrono::seconds(5))->permanent());
    }
    CHECK(!send(1, message(), std::chrono::seconds(1))->permanent());
}

TEST_CASE("Smtp: the twin keeps what it was given and fails when told to") {
    SimulatedSmtp smtp;
    smtp.on_send([](const Mail& mail) {
        if (mail.subject.empty()) throw NotSent("told to", false);
    });
    Loops loops(1);
    bool refused = false;
    auto body = [](SimulatedSmtp& smtp, bool& refused) -> Task<void> {
        co_await smtp.send(message());
        try {
            co_await smtp.send({});
        } catch (const NotSent&) {
            refused = true;
        }
    };
    spawn(loops.executor(0), "test", body(smtp, refused));
    loops.context(0).run();
    CHECK(refused);
    CHECK(smtp.sent().size() == 1);
}

TEST_CASE("Smtp: the server and the sender come from settings") {
    auto plain = settings_from("smtp://127.0.0.1:1025");
    CHECK(plain.host == "127.0.0.1");
    CHECK(plain.port == 1025);
    CHECK(plain.security == Security::none);
    CHECK(settings_from("smtps://mail.example.org").port == 465);
    CHECK(settings_from("smtp+starttls://[::1]").port == 587);
    for (auto url :
         {"mail.example.org", "http://x", "smtp://", "smtp://u:p@host:25", "smtp://host:x"}) {
        CHECK_THROWS_AS(settings_from(url), Fault);
    }
    CHECK(mailbox_from("Luster <hello@example.org>").name == "Luster");
    CHECK(mailbox_from("hello@example.org").address == "hello@example.org");
}
