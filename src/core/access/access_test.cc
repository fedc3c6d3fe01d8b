#include "core/access/access.h"

#include <doctest/doctest.h>

#include <random>

namespace luster {
namespace {

// platform 1 ─┬─ agency 2 ─┬─ organization 3
//             │            └─ agency 4 ── organization 5
//             ├─ agency 6 ── organization 7
//             └─ organization 8
Tree small_tree() {
    auto node = [](std::int64_t id, std::int64_t parent, OrgKind kind) {
        OrgNode made{
            OrgId{id}, std::nullopt, "org-" + std::to_string(id), "Org", kind, OrgStatus::active
        };
        if (parent) made.parent = OrgId{parent};
        return made;
    };
    return Tree({
        node(1, 0, OrgKind::platform),
        node(2, 1, OrgKind::agency),
        node(3, 2, OrgKind::organization),
        node(4, 2, OrgKind::agency),
        node(5, 4, OrgKind::organization),
        node(6, 1, OrgKind::agency),
        node(7, 6, OrgKind::organization),
        node(8, 1, OrgKind::organization),
    });
}

Actor person(Role role, std::int64_t organization) {
    Actor actor;
    actor.memberships = {{OrgId{organization}, role}};
    return actor;
}

template <Right R>
std::string answer(const Actor& actor, std::int64_t organization) {
    auto tree = small_tree();
    auto permit = may<R>(actor, tree, OrgId{organization});
    if (permit) return "yes";
    return permit.error().kind == Problem::Kind::not_found ? "absent" : "forbidden";
}

}  // namespace

TEST_CASE("access: an agency's admin reaches every descendant and nothing above or beside") {
    auto admin = person(Role::agency_admin, 2);
    for (auto below : {2, 3, 4, 5}) CHECK(answer<Right::administer>(admin, below) == "yes");
    for (auto elsewhere : {1, 6, 7, 8, 99})
        CHECK(answer<Right::read_content>(admin, elsewhere) == "absent");
}

TEST_CASE(
    "access: a client's admin, editor and viewer reach their own node alone, even at an agency"
) {
    for (auto role : {Role::viewer, Role::editor, Role::client_admin}) {
        auto actor = person(role, 2);
        CHECK(answer<Right::read_content>(actor, 2) == "yes");
        for (auto elsewhere : {1, 3, 4, 5, 6, 8}) {
            CHECK(answer<Right::read_content>(actor, elsewhere) == "absent");
        }
    }
}

TEST_CASE("access: an act above the role is forbidden where the organization may be seen") {
    CHECK(answer<Right::edit_content>(person(Role::viewer, 3), 3) == "forbidden");
    CHECK(answer<Right::administer>(person(Role::editor, 3), 3) == "forbidden");
    CHECK(answer<Right::create_children>(person(Role::client_admin, 3), 3) == "forbidden");
    CHECK(answer<Right::run_platform>(person(Role::agency_admin, 2), 3) == "forbidden");
}

TEST_CASE("access: a superadmin may everything that exists") {
    Actor root;
    root.superadmin = true;
    for (auto id : {1, 2, 3, 4, 5, 6, 7, 8}) CHECK(answer<Right::run_platform>(root, id) == "yes");
    CHECK(answer<Right::read_content>(root, 99) == "absent");
}

TEST_CASE("access: absent and not yours are the same answer") {
    auto tree = small_tree();
    auto stranger = person(Role::agency_admin, 6);
    auto absent = may<Right::read_content>(stranger, tree, OrgId{99});
    auto foreign = may<Right::read_content>(stranger, tree, OrgId{3});
    REQUIRE(!absent);
    REQUIRE(!foreign);
    CHECK(absent.error().message == foreign.error().message);
}

// A second, naive statement of the golden rule, over paths of ids from the root.
static bool model_allows(
    const std::vector<std::int64_t>& path_to_target, const Actor& actor, Right right
) {
    static const std::map<Right, int> least{
        {Right::read_content, 0},
        {Right::edit_content, 1},
        {Right::administer, 2},
        {Right::create_children, 3},
        {Right::run_platform, 4},
    };
    int strength = actor.superadmin ? 4 : -1;
    for (const auto& held : actor.memberships) {
        bool here = path_to_target.back() == held.organization.value;
        bool above =
            std::ranges::find(path_to_target, held.organization.value) != path_to_target.end();
        if (here || (above && held.role == Role::agency_admin)) {
            strength = std::max(strength, static_cast<int>(held.role));
        }
    }
    return strength >= least.at(right);
}

TEST_CASE("access: ten thousand random trees agree with the model") {
    std::mt19937 random(4711);
    for (int round = 0; round < 10'000; ++round) {
        std::vector<OrgNode> nodes;
        std::vector<std::vector<std::int64_t>> paths;
        int size = 2 + static_cast<int>(random() % 12);
        for (int i = 0; i < size; ++i) {
            OrgNode node;
            node.id = OrgId{i + 1};
            node.slug = "s" + std::to_string(i);
            node.status = OrgStatus::active;
            if (i > 0) node.parent = OrgId{static_cast<std::int64_t>(random() % i) + 1};
            paths.push_back(i > 0 ? paths[node.parent->value - 1] : std::vector<std::int64_t>());
            paths.back().push_back(i + 1);
            nodes.push_back(node);
        }
        Tree tree(nodes);
        Actor actor;
        for (auto held = random() % 3; held > 0; --held) {
            actor.memberships.push_back(
                {OrgId{static_cast<std::int64_t>(random() % size) + 1},
                 static_cast<Role>(random() % 4)}
            );
        }
        for (int target = 1; target <= size; ++target) {
            REQUIRE(
                may<Right::edit_content>(actor, tree, OrgId{target}).has_value() ==
                model_allows(paths[target - 1], actor, Right::edit_content)
            );
            REQUIRE(
                may<Right::create_children>(actor, tree, OrgId{target}).has_value() ==
                model_allows(paths[target - 1], actor, Right::create_children)
            );
        }
    }
}

}  // namespace luster
