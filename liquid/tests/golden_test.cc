// Every golden file is a template, a line `---` and what it renders. Between them there may be
// sections of their own: `--- data` (JSON), `--- mode strict`, `--- partial NAME`, `--- now TIME`.
#include "src/strftime.h"
#include "support.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <vector>

namespace liquid::test {
namespace {
struct Section {
    std::string head;
    std::string text;
};

std::vector<Section> sections_of(const std::string& text) {
    std::vector<Section> sections{{"template", ""}};
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = std::min(text.find('\n', at), text.size());
        std::string line = text.substr(at, end - at);
        if (line == "---" || line.starts_with("--- ")) {
            sections.push_back({line == "---" ? "" : line.substr(4), ""});
        } else {
            sections.back().text += text.substr(at, end + 1 - at);
        }
        at = end + 1;
    }
    // The line end in front of a section belongs to the separator.
    for (Section& section : sections) {
        if (section.text.ends_with('\n')) section.text.pop_back();
    }
    return sections;
}

std::string outcome(const std::vector<Section>& sections) {
    Given given;
    given.options.now = Time{1'795'824'000, 0, 0, "UTC", false};
    for (const Section& section : sections) {
        if (section.head == "data") given.data = section.text;
        if (section.head == "mode lax") given.mode = Mode::lax;
        if (section.head == "mode strict") given.mode = Mode::strict;
        if (section.head.starts_with("zone ")) given.options.time_zone = section.head.substr(5);
        if (section.head.starts_with("partial ")) {
            given.partials[section.head.substr(8)] = section.text;
        }
    }
    return show(sections.front().text, given);
}
}  // namespace

TEST_CASE("golden files render what they say") {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder("golden"))) {
        if (entry.path().extension() == ".golden") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    REQUIRE(files.size() >= 20);
    for (const auto& file : files) {
        CAPTURE(file.filename().string());
        std::vector<Section> sections = sections_of(read_file(file.string()));
        REQUIRE(sections.back().head.empty());
        CHECK(outcome(sections) == sections.back().text);
    }
}

}  // namespace liquid::test
