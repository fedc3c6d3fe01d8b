// What every store of files must do, as one list, run on each of them. A new provider joins
// `stores`.
#include "io/loop/loops.h"
#include "io/s3/error.h"
#include "io/s3/files.h"
#include "io/s3/folder.h"
#include "io/s3/memory.h"
#include "io/s3/refusals.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace luster::s3 {
namespace {

namespace fs = std::filesystem;

Task<void> put(Buckets& store, std::string key, std::string body) {
    auto type = std::string(media_type_of(key));
    auto done = co_await store.put("org-7-media", std::move(key), type, pieces_of(std::move(body)));
    CHECK(done);
}

Task<std::string> body_of(Buckets& store, std::string key) {
    auto object = co_await store.get("org-7-media", std::move(key));
    if (!object) co_return "(nothing)";
    co_return co_await read_all(object->body);
}

Task<std::string> keys_of(
    Buckets& store, std::string prefix, std::string after, std::size_t limit
) {
    auto listing = co_await store.list("org-7-media", prefix, after, limit);
    REQUIRE(listing);
    std::string keys;
    for (auto& object : listing->objects) keys += object.key + " ";
    co_return keys + (listing->more ? "…" : "");
}

Task<void> gives_back_what_was_put(Buckets& store) {
    co_await store.create("org-7-media");
    std::string body("a\0b\xff", 4);
    co_await put(store, "2026/11/picture.webp", body);
    auto object = co_await store.get("org-7-media", "2026/11/picture.webp");
    REQUIRE(object);
    CHECK(object->info.key == "2026/11/picture.webp");
    CHECK(object->info.bytes == 4);
    CHECK(object->info.media_type == "image/webp");
    CHECK(object->info.changed_at.unix_us > 1'600'000'000'000'000);
    CHECK(co_await read_all(object->body) == body);
}

Task<void> keeps_a_media_type_that_the_name_does_not_tell(Buckets& store) {
    co_await store.create("org-7-media");
    CHECK(co_await store.put("org-7-media", "a.bin", "application/x-thing; v=2", pieces_of("1")));
    CHECK(
        (co_await store.get("org-7-media", "a.bin"))->info.media_type == "application/x-thing; v=2"
    );
    co_await put(store, "a.bin", "2");
    CHECK(
        (co_await store.get("org-7-media", "a.bin"))->info.media_type == "application/octet-stream"
    );
    CHECK(co_await keys_of(store, "", "", 10) == "a.bin ");
}

Task<void> streams_a_body_in_pieces(Buckets& store) {
    co_await store.create("org-7-media");
    int count = 0;
    Pieces body = [&]() -> Task<std::string> {
        co_return ++count > 40 ? std::string()
                               : std::string(100'000, static_cast<char>('a' + count % 26));
    };
    CHECK(co_await store.put("org-7-media", "large.bin", "application/octet-stream", body));
    CHECK((co_await body_of(store, "large.bin")).size() == 4'000'000);
}

Task<void> an_empty_object_is_an_object(Buckets& store) {
    co_await store.create("org-7-media");
    co_await put(store, "empty.txt", "");
    CHECK(co_await body_of(store, "empty.txt") == "");
    CHECK(co_await keys_of(store, "", "", 10) == "empty.txt ");
}

Task<void> the_last_put_of_a_key_stands(Buckets& store) {
    co_await store.create("org-7-media");
    co_await put(store, "a.txt", "first");
    co_await put(store, "a.txt", "second");
    CHECK(co_await body_of(store, "a.txt") == "second");
}

Task<void> a_reader_keeps_what_it_opened(Buckets& store) {
    co_await store.create("org-7-media");
    co_await put(store, "a.txt", "first");
    auto object = co_await store.get("org-7-media", "a.txt");
    co_await put(store, "a.txt", "second");
    CHECK(co_await read_all(object->body) == "first");
}

Task<void> a_put_that_breaks_off_leaves_the_old(Buckets& store) {
    co_await store.create("org-7-media");
    co_await put(store, "a.txt", "whole");
    Pieces broken = [turn = 0]() mutable -> Task<std::string> {
        if (turn++ == 0) co_return "half";
        throw Fault("the sender went away");
    };
    CHECK_THROWS_AS(
        (void)co_await store.put("org-7-media", "a.txt", "text/plain; charset=utf-8", broken), Fault
    );
    CHECK(co_await body_of(store, "a.txt") == "whole");
    CHECK(co_await keys_of(store, "", "", 10) == "a.txt ");
}

Task<void> lists_by_key_in_pages(Buckets& store) {
    co_await store.create("org-7-media");
    for (auto key : {"a/z.txt", "a.txt", "a/b/c.txt", "b.txt", "a-b.txt", "a0.txt"}) {
        co_await put(store, key, "1");
    }
    CHECK(co_await keys_of(store, "", "", 10) == "a-b.txt a.txt a/b/c.txt a/z.txt a0.txt b.txt ");
    CHECK(co_await keys_of(store, "a/", "", 10) == "a/b/c.txt a/z.txt ");
    CHECK(co_await keys_of(store, "a/b", "", 10) == "a/b/c.txt ");
    CHECK(co_await keys_of(store, "", "", 2) == "a-b.txt a.txt …");
    CHECK(co_await keys_of(store, "", "a.txt", 2) == "a/b/c.txt a/z.txt …");
    CHECK(co_await keys_of(store, "", "a/z.txt", 2) == "a0.txt b.txt ");
    CHECK(co_await keys_of(store, "b.txt", "", 2) == "b.txt ");
    CHECK(co_await keys_of(store, "c", "", 2) == "");
}

Task<void> a_removed_object_is_gone(Buckets& store) {
    co_await store.create("org-7-media");
    co_await put(store, "2026/11/a.txt", "1");
    co_await put(store, "2026/11/b.txt", "2");
    CHECK(co_await store.remove("org-7-media", "2026/11/a.txt"));
    CHECK(co_await store.remove("org-7-media", "2026/11/a.txt"));
    CHECK(co_await body_of(store, "2026/11/a.txt") == "(nothing)");
    CHECK(co_await keys_of(store, "", "", 10) == "2026/11/b.txt ");
    CHECK(co_await store.remove("org-7-media", "2026/11/b.txt"));
    co_await put(store, "2026", "a name that was a folder's");
    CHECK(co_await keys_of(store, "", "", 10) == "2026 ");
}

Task<void> an_object_and_a_folder_exclude_each_other(Buckets& store) {
    co_await store.create("org-7-media");
    co_await put(store, "a/b", "1");
    auto folder = co_await store.put("org-7-media", "a", "text/plain", pieces_of("2"));
    REQUIRE(!folder);
    CHECK(folder.error().kind == Problem::Kind::conflict);
    auto below = co_await store.put("org-7-media", "a/b/c", "text/plain", pieces_of("2"));
    REQUIRE(!below);
    CHECK(below.error().kind == Problem::Kind::conflict);
    CHECK(co_await body_of(store, "a") == "(nothing)");
    CHECK(co_await body_of(store, "a/b/c") == "(nothing)");
    CHECK(co_await body_of(store, "a/b") == "1");
}

Task<void> a_bucket_is_made_once_and_removed_whole(Buckets& store) {
    CHECK(!co_await store.exists("org-7-media"));
    CHECK(co_await store.create("org-7-media"));
    co_await put(store, "a.txt", "1");
    CHECK(co_await store.create("org-7-media"));
    CHECK(co_await body_of(store, "a.txt") == "1");
    co_await store.remove_bucket("org-7-media");
    co_await store.remove_bucket("org-7-media");
    CHECK(!co_await store.exists("org-7-media"));
    CHECK(co_await store.create("org-7-media"));
    CHECK(co_await keys_of(store, "", "", 10) == "");
}

Task<void> buckets_do_not_see_each_other(Buckets& store) {
    co_await store.create("org-7-media");
    co_await store.create("org-8-media");
    co_await put(store, "a.txt", "seven");
    auto other = co_await store.get("org-8-media", "a.txt");
    REQUIRE(!other);
    CHECK(other.error().kind == Problem::Kind::not_found);
}

Task<void> without_a_bucket_nothing_is_kept(Buckets& store) {
    auto refused = co_await store.put("org-9-media", "a.txt", "text/plain", pieces_of("1"));
    REQUIRE(!refused);
    CHECK(refused.error().kind == Problem::Kind::not_found);
    CHECK(!co_await store.get("org-9-media", "a.txt"));
    CHECK(!co_await store.list("org-9-media", "", "", 10));
    CHECK(co_await store.remove("org-9-media", "a.txt"));
    CHECK(!co_await store.exists("org-9-media"));
}

Task<void> refuses_names_that_lead_elsewhere(Buckets& store) {
    co_await store.create("org-7-media");
    for (std::string key :
         {"", "/a", "a//b", "a/", "../a", "a/../b", ".types/a", "a/.b", "a\\b", "a\nb", "\xff"}) {
        CAPTURE(key);
        auto refused = co_await store.put("org-7-media", key, "text/plain", pieces_of("1"));
        REQUIRE(!refused);
        CHECK(refused.error().kind == Problem::Kind::invalid);
        CHECK(!co_await store.get("org-7-media", key));
        CHECK(!co_await store.remove("org-7-media", key));
    }
    for (std::string bucket : {"", "ab", "..", "../org-7-media", "A-bucket", "-abc", "a.b.c"}) {
        CHECK(!co_await store.create(bucket));
        CHECK(!co_await store.exists(bucket));
        CHECK(!co_await store.get(bucket, "a.txt"));
    }
    CHECK(!co_await store.put("org-7-media", std::string(901, 'a'), "text/plain", pieces_of("1")));
    co_await put(store, "Käse/Grüße 100%.txt", "fine");
    CHECK(co_await body_of(store, "Käse/Grüße 100%.txt") == "fine");
}

struct Promise {
    const char* sentence;
    Task<void> (*check)(Buckets&);
};
const Promise promises[] = {
    {"gives back what was put", gives_back_what_was_put},
    {"keeps a media type that the name doesn't tell", keeps_a_media_type_that_the_name_does_not_tell
    },
    {"streams a body in pieces", streams_a_body_in_pieces},
    {"an empty object is an object", an_empty_object_is_an_object},
    {"the last put of a key stands", the_last_put_of_a_key_stands},
    {"a reader keeps what it opened", a_reader_keeps_what_it_opened},
    {"a put that breaks off leaves the old", a_put_that_breaks_off_leaves_the_old},
    {"lists by key, in pages", lists_by_key_in_pages},
    {"a removed object is gone, and so are its folders", a_removed_object_is_gone},
    {"an object and a folder exclude each other", an_object_and_a_folder_exclude_each_other},
    {"a bucket is made once and removed whole", a_bucket_is_made_once_and_removed_whole},
    {"buckets don't see each other", buckets_do_not_see_each_other},
    {"without a bucket nothing is kept", without_a_bucket_nothing_is_kept},
    {"refuses names that lead elsewhere", refuses_names_that_lead_elsewhere},
};

struct Directory {
    fs::path path;
    Directory() {
        std::string pattern = (fs::temp_directory_path() / "luster-s3-XXXXXX").string();
        path = ::mkdtemp(pattern.data());
    }
    ~Directory() { fs::remove_all(path); }
};

void keep(const Promise& promise, Buckets& store) {
    boost::asio::io_context loop;
    std::exception_ptr fault;
    boost::asio::co_spawn(loop.get_executor(), promise.check(store), [&](std::exception_ptr e) {
        fault = e;
    });
    loop.run();
    if (fault) std::rethrow_exception(fault);
}

}  // namespace

TEST_CASE("buckets in memory") {
    SystemClock clock;
    for (auto& promise : promises) {
        SUBCASE(promise.sentence) {
            MemoryBuckets store(clock);
            keep(promise, store);
        }
    }
}

TEST_CASE("buckets in a folder") {
    for (auto& promise : promises) {
        SUBCASE(promise.sentence) {
            Directory directory;
            WorkPool work(2, 100);
            FolderBuckets store(directory.path, work);
            keep(promise, store);
            CHECK(fs::is_empty(directory.path / ".incoming"));
        }
    }
}

TEST_CASE("a folder store sweeps what a crash left, and never follows a link out of itself") {
    Directory directory;
    WorkPool work(1, 100);
    fs::create_directories(directory.path / ".removed-org-3-media-1-1" / "2026");
    fs::create_directories(directory.path / ".incoming");
    std::ofstream(directory.path / ".incoming" / "1-1") << "half";
    fs::last_write_time(
        directory.path / ".incoming" / "1-1",
        fs::file_time_type::clock::now() - std::chrono::seconds(5)
    );
    std::ofstream(directory.path / "secret") << "secret";
    FolderBuckets store(directory.path, work);
    CHECK(fs::is_empty(directory.path / ".incoming"));
    CHECK(!fs::exists(directory.path / ".removed-org-3-media-1-1"));

    Promise links{"", [](Buckets& store) -> Task<void> {
                      CHECK(!co_await store.get("org-7-media", "link"));
                  }};
    fs::create_directories(directory.path / "org-7-media");
    fs::create_symlink(directory.path / "secret", directory.path / "org-7-media" / "link");
    keep(links, store);
}

TEST_CASE("a folder store leaves alone what another process is putting") {
    Directory directory;
    WorkPool work(1, 100);
    fs::create_directories(directory.path / ".incoming");
    auto path = directory.path / ".incoming" / "1-1";
    auto file = File::make(path);
    fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::hours(48));
    FolderBuckets store(directory.path, work);
    CHECK(fs::exists(path));
}

TEST_CASE("a folder store never meets the leftovers of a process with its number") {
    Directory directory;
    WorkPool work(1, 100);
    Promise puts{"", [](Buckets& store) -> Task<void> {
                     REQUIRE(co_await store.create("org-7-media"));
                     CHECK(co_await store.put("org-7-media", "a", "text/plain", pieces_of("a")));
                 }};
    FolderBuckets store(directory.path, work);
    for (int number = 1; number < 5; ++number)
        std::ofstream(directory.path / ".incoming" / fmt::format("{}-{}", ::getpid(), number));
    keep(puts, store);
}

TEST_CASE("a folder that can't be made is a fault that names it") {
    CHECK_THROWS_WITH_AS(
        make_folders("/proc/x/y"), "can't make /proc/x: No such file or directory", Error
    );
}

TEST_CASE("s3: what stores refuse is said in both languages") {
    CHECK(messages::flaws(sentences()).empty());
}

}  // namespace luster::s3
