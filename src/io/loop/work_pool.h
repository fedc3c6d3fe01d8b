// Threads for what would hold a loop up: Argon2id, brotli. The queue is bounded; beyond it work is
// refused as a fault, which the edge answers with 503. Its threads come back to the loops of
// whoever waits, so it is declared after these: it must have ended its work when they go.
#pragma once

#include "io/loop/loops.h"

#include <boost/asio/thread_pool.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <type_traits>

namespace luster {

class WorkPool {
public:
    WorkPool(std::size_t threads, std::size_t queued_max)
        : pool_(threads), counts_(std::make_shared<Counts>()), queued_max_(queued_max) {}
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
    std::size_t queued() const { return counts_->queued; }
    std::uint64_t taken() const { return counts_->taken; }  // pieces of work since the start

private:
    struct Counts {
        std::atomic<std::size_t> queued = 0;
        std::atomic<std::uint64_t> taken = 0;
    };
    // In the frame of whoever waits; a loop that is torn down lets it go after the pool.
    struct Place {
        explicit Place(WorkPool& pool) : counts(pool.counts_) {
            if (counts->queued.fetch_add(1) >= pool.queued_max_) {
                counts->queued.fetch_sub(1);
                throw Fault("the work pool is full");
            }
            counts->taken.fetch_add(1);
        }
        ~Place() { counts->queued.fetch_sub(1); }
        Place(const Place&) = delete;
        std::shared_ptr<Counts> counts;
    };

    boost::asio::thread_pool pool_;
    std::shared_ptr<Counts> counts_;
    std::size_t queued_max_;
};

}  // namespace luster
