#include "io/http/files.h"

#include "io/http/testing/client.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

using namespace luster;
using namespace luster::http;
using namespace luster::http::testing;

namespace {

// A folder of its own for each test, gone afterwards.
struct Folder {
    Folder() {
        char name[] = "/tmp/luster-files-XXXXXX";
        path = ::mkdtemp(name);
    }
    ~Folder() { std::filesystem::remove_all(path); }
    void write(const std::string& name, std::string_view content) {
        std::filesystem::create_directories((path / name).parent_path());
        std::ofstream(path / name, std::ios::binary) << content;
    }
    std::filesystem::path path;
};

struct FileServer {
    explicit FileServer(const Folder& folder) : files(folder.path, {}) {
        running.handler.answer = [this](Request& request) -> Task<Response> {
            auto found = files.find(request, request.path.substr(1));
            co_return found ? std::move(*found) : Response::text(404, "no such file");
        };
    }
    Files files;
    RunningServer running;
};

}  // namespace

TEST_CASE("files: a file is sent with its type, and again only when it changed") {
    Folder folder;
    folder.write("index.html", "<p>hello");
    FileServer server(folder);
    Client client(server.running.port());
    auto answer = client.get("/index.html");
    CHECK(answer.status == 200);
    CHECK(answer.body == "<p>hello");
    CHECK(answer.header("content-type") == "text/html; charset=utf-8");
    CHECK(answer.header("cache-control") == "no-cache");
    CHECK(answer.header("x-content-type-options") == "nosniff");
    auto again =
        client.get("/index.html", "If-None-Match: \"x\", " + answer.header("etag") + "\r\n");
    CHECK(again.status == 304);
    CHECK(again.header("etag") == answer.header("etag"));
    folder.write("index.html", "<p>hello again");
    CHECK(
        client.get("/index.html", "If-None-Match: " + answer.header("etag") + "\r\n").body ==
        "<p>hello again"
    );
}

TEST_CASE("files: a compressed variant beside the file goes to who takes it") {
    Folder folder;
    folder.write("assets/app.js", "plain");
    folder.write("assets/app.js.br", "brotli");
    folder.write("assets/app.js.gz", "gzip");
    FileServer server(folder);
    Client client(server.running.port());
    auto brotli = client.get("/assets/app.js", "Accept-Encoding: gzip, deflate, br\r\n");
    CHECK(brotli.body == "brotli");
    CHECK(brotli.header("content-encoding") == "br");
    CHECK(brotli.header("content-type") == "text/javascript; charset=utf-8");
    CHECK(brotli.header("vary") == "accept-encoding");
    CHECK(brotli.header("cache-control") == "public, max-age=31536000, immutable");
    auto gzip = client.get("/assets/app.js", "Accept-Encoding: br;q=0, GZIP;q=0.5\r\n");
    CHECK(gzip.body == "gzip");
    CHECK(gzip.header("etag") != brotli.header("etag"));
    auto plain = client.get("/assets/app.js");
    CHECK(plain.body == "plain");
    CHECK(plain.header("vary") == "accept-encoding");
    std::filesystem::last_write_time(
        folder.path / "assets/app.js",
        std::filesystem::file_time_type::clock::now() + std::chrono::seconds(5)
    );
    CHECK(client.get("/assets/app.js", "Accept-Encoding: br\r\n").body == "plain");
}

TEST_CASE("files: a range is served, an impossible one refused, several answered whole") {
    Folder folder;
    folder.write("film.mp4", "0123456789");
    FileServer server(folder);
    Client client(server.running.port());
    auto part = client.get("/film.mp4", "Range: bytes=2-4\r\n");
    CHECK(part.status == 206);
    CHECK(part.body == "234");
    CHECK(part.header("content-range") == "bytes 2-4/10");
    CHECK(client.get("/film.mp4", "Range: bytes=7-\r\n").body == "789");
    CHECK(client.get("/film.mp4", "Range: bytes=-2\r\n").body == "89");
    CHECK(client.get("/film.mp4", "Range: bytes=8-99\r\n").body == "89");
    auto impossible = client.get("/film.mp4", "Range: bytes=10-\r\n");
    CHECK(impossible.status == 416);
    CHECK(impossible.header("content-range") == "bytes */10");
    for (auto range : {"bytes=0-1,3-4", "bytes=5-2", "lines=1-2", "bytes=x-", "bytes=-"}) {
        CHECK(
            client.get("/film.mp4", "Range: " + std::string(range) + "\r\n").body == "0123456789"
        );
    }
    CHECK(client.get("/film.mp4", "Range: bytes=0-1\r\nIf-Range: \"old\"\r\n").status == 200);
    CHECK(
        client.get("/film.mp4", "Range: bytes=0-1\r\nIf-Range: " + part.header("etag") + "\r\n")
            .status == 206
    );
}

TEST_CASE("files: nothing outside the folder is reached") {
    Folder outside, folder;
    outside.write("secret.txt", "secret");
    folder.write("a/b.txt", "b");
    std::filesystem::create_symlink(outside.path / "secret.txt", folder.path / "link.txt");
    std::filesystem::create_symlink(outside.path, folder.path / "links");
    ::mkfifo((folder.path / "pipe").c_str(), 0600);
    FileServer server(folder);
    Client client(server.running.port());
    CHECK(client.get("/a/b.txt").status == 200);
    for (auto path :
         {"/../",
          "/a/../a/b.txt",
          "/a/%2e%2e/a/b.txt",
          "/a/..%2fa/b.txt",
          "//etc/passwd",
          "/%2fetc/passwd",
          "/link.txt",
          "/links/secret.txt",
          "/a",
          "/a/",
          "/",
          "/.",
          "/a/b.txt/",
          "/a/b.txt%00",
          "/pipe",
          "/a/./b.txt"}) {
        CAPTURE(path);
        CHECK(client.get(path).status == 404);
    }
}

TEST_CASE("files: a large file arrives whole, also for HEAD without a byte") {
    Folder folder;
    std::string large(8'000'000, 'x');
    folder.write("large.zip", large);
    FileServer server(folder);
    Client client(server.running.port());
    CHECK(client.get("/large.zip").body == large);
    client.send("HEAD /large.zip HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(client.receive(true).header("content-length") == "8000000");
    CHECK(client.get("/large.zip", "Range: bytes=-1\r\n").body == "x");
}
