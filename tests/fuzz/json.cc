// Any bytes: parsed or refused; what was parsed and written is read again.
#include "base/json.h"

#include <boost/json/serialize.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace luster;

namespace {

struct Leaf {
    Text<1, 8> name;
    std::optional<Time> at;
};
BOOST_DESCRIBE_STRUCT(Leaf, (), (name, at))

struct Tree {
    OrgId org;
    List<Leaf, 4> leaves;
    Change<LongText<20>> note;
    std::map<std::string, json::Value> rest;
};
BOOST_DESCRIBE_STRUCT(Tree, (), (org, leaves, note, rest))

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto value = json::parse(std::string_view(reinterpret_cast<const char*>(data), size));
    if (!value) return 0;
    if (!json::parse(json::to_string(*value))) std::abort();
    json::Reader reader;
    Tree tree;
    bool good = json::read(reader, *value, tree);
    if (good != reader.errors.empty()) std::abort();
    return 0;
}
