#include "attack.h"

#include <algorithm>

namespace liquid::test {

namespace {
// `--- many N TEXT` and `--- then TEXT`.
bool add_piece(std::string_view line, std::string& place) {
    std::size_t count = 1;
    if (line.starts_with("--- many ")) {
        line.remove_prefix(9);
        std::size_t blank = line.find(' ');
        count = std::stoul(std::string(line.substr(0, blank)));
        line.remove_prefix(blank + 1);
    } else if (line.starts_with("--- then ")) {
        line.remove_prefix(9);
    } else {
        return false;
    }
    for (std::size_t i = 0; i < count; ++i) place += line;
    return true;
}
}  // namespace

Attack read_attack(const std::string& path) {
    Attack attack;
    std::string* place = &attack.source;
    std::size_t repeat = 1;
    std::string text = read_file(path);
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = std::min(text.find('\n', at), text.size());
        std::string line = text.substr(at, end - at);
        at = end + 1;
        if (add_piece(line, *place)) continue;
        if (!line.starts_with("--- ")) {
            if (!place->empty()) *place += '\n';
            *place += line;
            continue;
        }
        std::string head = line.substr(4);
        static std::string ignored;
        ignored.clear();
        place = &ignored;
        if (head == "data") place = &(attack.given.data = "");
        if (head == "mode lax") attack.given.mode = Mode::lax;
        if (head == "mode strict") attack.given.mode = Mode::strict;
        if (head.starts_with("partial ")) place = &attack.given.partials[head.substr(8)];
        if (head.starts_with("repeat ")) repeat = std::stoul(head.substr(7));
        if (head.starts_with("expect ")) attack.expected = head.substr(7);
    }
    std::string once = attack.source;
    attack.source.reserve(once.size() * repeat);
    for (std::size_t i = 1; i < repeat; ++i) attack.source += once;
    return attack;
}

std::vector<std::filesystem::path> attacks() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder("hostile"))) {
        if (entry.path().extension() == ".hostile") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace liquid::test
