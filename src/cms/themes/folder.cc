// Reading a theme's folder.
#include "base/crypto.h"
#include "cms/themes/themes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

namespace luster::themes {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t file_bytes_max = 2'000'000;
constexpr std::size_t files_max = 2'000;
constexpr std::array parts{
    "layout", "templates", "sections", "blocks", "snippets", "assets", "config", "locales"
};

std::string content_of(const fs::path& path) {
    if (fs::file_size(path) > file_bytes_max)
        throw Fault(fmt::format("{} is larger than a theme's file may be", path.string()));
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) throw Fault(fmt::format("{} can't be read", path.string()));
    return text.str();
}

void add_files(const fs::path& root, const fs::path& below, std::vector<File>& files) {
    if (!fs::is_directory(below)) return;
    for (const auto& entry : fs::recursive_directory_iterator(below)) {
        if (!entry.is_regular_file() || entry.is_symlink()) continue;
        if (files.size() >= files_max)
            throw Fault(fmt::format("{} has too many files", root.string()));
        files.push_back(
            {entry.path().lexically_relative(root).generic_string(), content_of(entry.path())}
        );
    }
    std::ranges::sort(files, {}, &File::path);
}

std::string digest_of(const Folder& folder) {
    std::string all;
    for (const auto* files : {&folder.files, &folder.demo, &folder.media}) {
        for (const auto& file : *files) {
            auto hash = crypto::bytes_of(crypto::sha256(file.content));
            all += fmt::format("{} {}\n", file.path, crypto::hex(hash.data));
        }
    }
    return crypto::hex(crypto::bytes_of(crypto::sha256(all)).data);
}

}  // namespace

Folder read_folder(const fs::path& root) {
    Folder folder;
    folder.name = root.filename().string();
    if (!fs::exists(root / "theme.json"))
        throw Fault(fmt::format("{} holds no theme (theme.json is missing)", root.string()));
    folder.files.push_back({"theme.json", content_of(root / "theme.json")});
    for (const auto* part : parts) add_files(root, root / part, folder.files);
    add_files(root, root / "demo", folder.demo);
    std::erase_if(folder.demo, [](const File& file) {
        return file.path.starts_with("demo/media/");
    });
    add_files(root, root / "demo" / "media", folder.media);
    folder.digest = digest_of(folder);
    return folder;
}

}  // namespace luster::themes
