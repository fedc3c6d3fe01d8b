#include "platform/directory/directory.h"

#include <fmt/format.h>

#include <charconv>

namespace luster {
namespace {

struct NodeRow {
    OrgId id;
    std::optional<std::int64_t> parent_id;
    std::string slug;
    std::string name;
    OrgKind kind = OrgKind::organization;
    OrgStatus status = OrgStatus::provisioning;
    std::optional<Time> verified_at;
};
BOOST_DESCRIBE_STRUCT(NodeRow, (), (id, parent_id, slug, name, kind, status, verified_at))

const pg::ControlQuery<NodeRow()> select_nodes{
    "directory.nodes", R"sql(
    SELECT id, parent_id, slug, name, kind, status, verified_at FROM organization WHERE status <> 'deleted')sql"
};

const pg::ControlQuery<NodeRow(std::vector<std::int64_t>)> select_some{
    "directory.some_nodes", R"sql(
    SELECT id, parent_id, slug, name, kind, status, verified_at
      FROM organization WHERE id = ANY($1) AND status <> 'deleted')sql"
};

struct AddressRow {
    std::string server;
    std::string database;
    std::string owner_role;
    std::string theme_role;
    std::string owner_password;
    std::string theme_password;
};
BOOST_DESCRIBE_STRUCT(
    AddressRow, (), (server, database, owner_role, theme_role, owner_password, theme_password)
)
const pg::ControlQuery<AddressRow(OrgId)> select_address{"directory.address", R"sql(
    SELECT server, database, owner_role, theme_role, owner_password, theme_password
      FROM tenant_address WHERE organization_id = $1)sql"};

OrgNode node_of(NodeRow row) {
    std::optional<OrgId> parent;
    if (row.parent_id) parent = OrgId{*row.parent_id};
    return {
        row.id,
        parent,
        std::move(row.slug),
        std::move(row.name),
        row.kind,
        row.status,
        row.verified_at.has_value()
    };
}

TenantAddress opened(const crypto::Keyring& keys, OrgId organization, const AddressRow& row) {
    auto one = [&](std::string_view column, const std::string& role, const std::string& sealed) {
        auto password =
            keys.open({"tenant_address", column, std::to_string(organization.value)}, sealed);
        return std::make_shared<const pg::Address>(
            pg::Address{row.server, row.database, role, std::move(password)}
        );
    };
    return {
        one("owner_password", row.owner_role, row.owner_password),
        one("theme_password", row.theme_role, row.theme_password)
    };
}

}  // namespace

Directory::Directory(
    Loops& loops, pg::ControlDb& control, pg::Notifier& notifier, const crypto::Keyring& keys
)
    : loops_(loops), control_(control), notifier_(notifier), keys_(keys) {}

// One reader after the other.
struct Directory::Turn {
    Directory& directory;
    explicit Turn(Directory& directory) : directory(directory) { directory.reading_ = true; }
    Turn(const Turn&) = delete;
    ~Turn() {
        directory.reading_ = false;
        directory.read_.notify_one();
    }
};

Task<void> Directory::load() {
    return on(loops_.executor(0), read_all());
}

std::shared_ptr<const Tree> Directory::tree() const {
    std::lock_guard lock(mutex_);
    return tree_;
}

Task<TenantAddress> Directory::address_of(OrgId organization) {
    {
        std::lock_guard lock(mutex_);
        auto found = addresses_.find(organization);
        if (found != addresses_.end()) co_return found->second;
    }
    auto row = co_await control_.maybe_one(select_address, organization);
    if (!row) throw Fault(fmt::format("{} has no database", organization.text()));
    auto address = opened(keys_, organization, *row);
    std::lock_guard lock(mutex_);
    addresses_.insert_or_assign(organization, address);
    co_return address;
}

Task<void> Directory::changed(OrgId organization) {
    co_await on(loops_.executor(0), refresh({organization}));
    notifier_.tell(std::string(channel), std::to_string(organization.value));
}

void Directory::notified(std::string_view payload) {
    std::vector<OrgId> organizations;
    while (!payload.empty()) {
        auto item = payload.substr(0, payload.find(' '));
        OrgId id;
        auto [end, error] = std::from_chars(item.data(), item.data() + item.size(), id.value);
        if (error == std::errc()) organizations.push_back(id);
        payload.remove_prefix(std::min(payload.size(), item.size() + 1));
    }
    spawn(loops_.executor(0), "directory.refresh", refresh(std::move(organizations)));
}

void Directory::back() {
    spawn(loops_.executor(0), "directory.load", read_all());
}

Task<void> Directory::refresh(std::vector<OrgId> organizations) {
    while (reading_) co_await read_.wait();
    Turn turn(*this);
    co_await read(std::move(organizations));
}

Task<void> Directory::read(std::vector<OrgId> organizations) {
    std::vector<std::int64_t> numbers;
    for (auto organization : organizations) numbers.push_back(organization.value);
    auto rows = co_await control_.all(select_some, numbers);
    auto before = nodes_;
    for (auto organization : organizations) nodes_.erase(organization);
    for (auto& row : rows) nodes_.insert_or_assign(row.id, node_of(std::move(row)));
    {
        std::lock_guard lock(mutex_);
        for (auto organization : organizations) addresses_.erase(organization);
    }
    swap_tree();
    tell_changes(before);
}

Task<void> Directory::read_all() {
    while (reading_) co_await read_.wait();
    Turn turn(*this);
    auto rows = co_await control_.all(select_nodes);
    auto before = std::exchange(nodes_, {});
    for (auto& row : rows) nodes_.insert_or_assign(row.id, node_of(std::move(row)));
    {
        std::lock_guard lock(mutex_);
        addresses_.clear();
    }
    swap_tree();
    tell_changes(before);
}

void Directory::tell_changes(const std::unordered_map<OrgId, OrgNode>& before) const {
    if (!told_) return;
    for (const auto& [id, node] : before) {
        auto now = nodes_.find(id);
        bool same = now != nodes_.end() && now->second.status == node.status &&
                    now->second.verified == node.verified;
        if (!same) told_(id);
    }
}

void Directory::swap_tree() {
    std::vector<OrgNode> nodes;
    nodes.reserve(nodes_.size());
    for (auto& [id, node] : nodes_) nodes.push_back(node);
    auto tree = std::make_shared<const Tree>(std::move(nodes));
    std::lock_guard lock(mutex_);
    tree_ = std::move(tree);
}

}  // namespace luster
