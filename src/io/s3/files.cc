#include "io/s3/files.h"

#include "io/s3/error.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace luster::s3 {
namespace {

constexpr int tries_max = 16;  // against others who make and remove at the same time

}  // namespace

void fail(std::string_view what, const std::filesystem::path& path, int error) {
    auto reason = std::generic_category().message(error);
    throw Error(fmt::format("can't {} {}: {}", what, path.string(), reason));
}

File File::make(const std::filesystem::path& path) {
    File file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0640));
    if (!file.is_open()) fail("make", path, errno);
    ::flock(file.handle_, LOCK_EX | LOCK_NB);
    return file;
}

bool File::is_abandoned() const {
    return ::flock(handle_, LOCK_SH | LOCK_NB) == 0;
}

File File::open(const std::filesystem::path& path) {
    File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (file.is_open() || errno == ENOENT || errno == ENOTDIR || errno == ELOOP) return file;
    fail("open", path, errno);
}

File& File::operator=(File&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
}

File::~File() {
    if (handle_ >= 0) ::close(handle_);
}

void File::write(std::string_view data) {
    while (!data.empty()) {
        auto written = ::write(handle_, data.data(), data.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail("write", "an object", errno);
        data.remove_prefix(static_cast<std::size_t>(written));
    }
}

std::string File::read(std::size_t bytes_max) {
    std::string data(bytes_max, '\0');
    while (true) {
        auto got = ::read(handle_, data.data(), data.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail("read", "an object", errno);
        data.resize(static_cast<std::size_t>(got));
        return data;
    }
}

void File::flush() {
    if (::fsync(handle_) != 0) fail("flush", "an object", errno);
}

File::Facts File::facts() const {
    struct stat found{};
    if (::fstat(handle_, &found) != 0) fail("look at", "an object", errno);
    auto us = found.st_mtim.tv_sec * 1'000'000 + found.st_mtim.tv_nsec / 1000;
    return {static_cast<std::uint64_t>(found.st_size), Time{us}, S_ISREG(found.st_mode)};
}

void flush_folder(const std::filesystem::path& path) {
    int handle = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle < 0) fail("open", path, errno);
    int error = ::fsync(handle) == 0 ? 0 : errno;
    ::close(handle);
    if (error) fail("flush", path, error);
}

bool make_folders(const std::filesystem::path& path) {
    for (int tries = 0; tries < tries_max; ++tries) {
        if (::mkdir(path.c_str(), 0750) == 0) {
            flush_folder(path.parent_path());
            return true;
        }
        if (errno == EEXIST)
            return std::filesystem::is_directory(std::filesystem::symlink_status(path));
        if (errno == ENOTDIR) return false;
        if (errno != ENOENT || !path.has_relative_path()) fail("make", path, errno);
        if (!make_folders(path.parent_path())) return false;
    }
    fail("make", path, ENOENT);  // /proc says so of every name, though it is there itself
}

bool move_into_place(const std::filesystem::path& source, const std::filesystem::path& target) {
    if (::rename(source.c_str(), target.c_str()) != 0) {
        if (errno == EISDIR || errno == ENOENT || errno == ENOTDIR || errno == ENOTEMPTY ||
            errno == EEXIST) {
            return false;
        }
        fail("move", target, errno);
    }
    flush_folder(target.parent_path());
    return true;
}

}  // namespace luster::s3
