#include "site/compressor.h"

#include "io/loop/event.h"

namespace luster::site {
namespace {

constexpr std::size_t queue_max = 4'096;  // beyond it the oldest stay as they are
constexpr std::chrono::milliseconds pool_pause{50};

}  // namespace

Compressor::Compressor(Loops& loops, WorkPool& work_pool, PageCache& cache)
    : loops_(loops), work_pool_(work_pool), cache_(cache) {}

void Compressor::add(std::string key, const std::shared_ptr<const Entry>& entry) {
    {
        std::lock_guard lock(mutex_);
        if (queue_.size() == queue_max) queue_.pop_front();
        queue_.push_back({std::move(key), entry});
        if (std::exchange(working_, true)) return;
    }
    // Without the lock: on its own loop the coroutine begins at once, and takes it.
    spawn(loops_.executor(0), "site compress", work());
}

bool Compressor::next(Waiting& waiting) {
    std::lock_guard lock(mutex_);
    working_ = !queue_.empty();
    if (!working_) return false;
    waiting = std::move(queue_.front());
    queue_.pop_front();
    return true;
}

Task<void> Compressor::work() {
    Waiting waiting;
    while (next(waiting)) {
        auto entry = waiting.entry.lock();
        if (!entry) continue;
        std::shared_ptr<const Entry> better;
        try {
            better = co_await work_pool_.run([entry] { return entry->compressed(); });
        } catch (const Fault&) {
            // The pool is full of what can't wait.
        }
        if (better)
            cache_.improve(waiting.key, entry.get(), std::move(better));
        else
            co_await Event().wait_for(pool_pause);
    }
}

}  // namespace luster::site
