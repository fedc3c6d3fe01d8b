// Threads for what would hold a loop up: Argon2id, brotli. The queue is bounded; beyond it work is
// refused as a fault, which the edge answers with 503.
#pragma once

#include "io/loop/loops.h"

#include <boost/asio/thread_pool.hpp>

#include <atomic>
#include <type_traits>

namespace luster {

class WorkPool {
public:
    WorkPool(std::size_t threads, std::size_t queued_max)
        : pool_(threads), queued_max_(queued_max) {}
    ~WorkPool() { pool_.join(); }

    // Runs `work` on a thread of the pool; its value or exception comes back to the caller's loop.
    template <class Work>
    Task<std::invoke_result_t<Work>> run(Work work) {
        using Value = std::invoke_result_t<Work>;
        using Thread = boost::asio::thread_pool::executor_type;
        Place place(*this);
        auto there = [](Work work) -> boost::asio::awaitable<Value, Thread> { co_return work(); };
        co_return co_await boost::asio::co_spawn(
            pool_.get_executor(), there(std::move(work)), boost::asio::use_awaitable_t<Executor>()
        );
    }
    std::size_t queued() const { return queued_; }

private:
    struct Place {
        explicit Place(WorkPool& pool) : pool(pool) {
            if (pool.queued_.fetch_add(1) < pool.queued_max_) return;
            pool.queued_.fetch_sub(1);
            throw Fault("the work pool is full");
        }
        ~Place() { pool.queued_.fetch_sub(1); }
        Place(const Place&) = delete;
        WorkPool& pool;
    };

    boost::asio::thread_pool pool_;
    std::atomic<std::size_t> queued_ = 0;
    std::size_t queued_max_;
};

}  // namespace luster
