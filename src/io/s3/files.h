// Durable files: what the folder store needs of POSIX. Blocking, so called on the work pool only.
#pragma once

#include "io/s3/buckets.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace luster::s3 {

class File {
public:
    // Never follows a symbolic link at the end of the path. Others see that it is being written as
    // long as this is open, and the system forgets it with the process.
    static File make(const std::filesystem::path& path);
    // Closed (`is_open()` false) where there is no such file, or a link.
    static File open(const std::filesystem::path& path);

    File() = default;
    File(File&& other) noexcept : handle_(std::exchange(other.handle_, -1)) {}
    File& operator=(File&& other) noexcept;
    ~File();

    bool is_open() const { return handle_ >= 0; }
    bool is_abandoned() const;  // nobody is writing it
    void write(std::string_view data);
    std::string read(std::size_t bytes_max);  // empty at the end
    void flush();                             // to the disk

    struct Facts {
        std::uint64_t bytes;
        Time changed_at;
        bool regular;
    };
    Facts facts() const;

private:
    explicit File(int handle) : handle_(handle) {}
    int handle_ = -1;
};

// Makes a directory and its parents and makes their names durable; an existing one is fine. False
// where a file is in the way.
bool make_folders(const std::filesystem::path& path);
void flush_folder(const std::filesystem::path& path);
// An atomic replacement whose name is durable. False where a folder is in the way or the target's
// folder is gone.
bool move_into_place(const std::filesystem::path& source, const std::filesystem::path& target);
[[noreturn]] void fail(std::string_view what, const std::filesystem::path& path, int error);

}  // namespace luster::s3
