#include "io/http/wheel.h"

#include <algorithm>

namespace luster::http {

void Wheel::Entry::unlink() {
    if (!link_) return;
    *link_ = next_;
    if (next_) next_->link_ = link_;
    link_ = nullptr;
    next_ = nullptr;
}

void Wheel::arm(Entry& entry, std::chrono::seconds in) {
    entry.deadline_ = now_ + static_cast<std::uint64_t>(std::max<std::int64_t>(in.count(), 0)) + 1;
    // A later deadline is noticed when the bucket of the earlier one is looked at.
    if (entry.link_ && entry.looked_at_ <= entry.deadline_) return;
    entry.unlink();
    link(entry, entry.deadline_);
}

void Wheel::tick() {
    ++now_;
    Entry* due = heads_[now_ % buckets];
    heads_[now_ % buckets] = nullptr;
    if (due) due->link_ = &due;
    while (due) {
        Entry& entry = *due;
        entry.unlink();
        if (entry.deadline_ > now_)
            link(entry, entry.deadline_);
        else
            entry.expire();
    }
}

void Wheel::link(Entry& entry, std::uint64_t tick) {
    // What lies further ahead than one turn is looked at in between, and put in again.
    entry.looked_at_ = std::min(tick, now_ + buckets - 1);
    Entry*& head = heads_[entry.looked_at_ % buckets];
    entry.next_ = head;
    entry.link_ = &head;
    if (head) head->link_ = &entry.next_;
    head = &entry;
}

}  // namespace luster::http
