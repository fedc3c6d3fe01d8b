// Makes the compressed variants of what lies in the cache, one after the other, on the work pool:
// the first visitor gets the plain answer at once, who comes later the smaller one.
#pragma once

#include "io/loop/loops.h"
#include "io/loop/work_pool.h"
#include "site/cache.h"

#include <deque>
#include <memory>
#include <mutex>
#include <string>

namespace luster::site {

class Compressor {
public:
    Compressor(Loops& loops, WorkPool& work_pool, PageCache& cache);

    void add(std::string key, const std::shared_ptr<const Entry>& entry);  // from any loop

private:
    struct Waiting {
        std::string key;
        std::weak_ptr<const Entry> entry;  // what was driven out meanwhile needs no work
    };
    Task<void> work();
    bool next(Waiting& waiting);

    Loops& loops_;
    WorkPool& work_pool_;
    PageCache& cache_;
    std::mutex mutex_;
    std::deque<Waiting> queue_;
    bool working_ = false;
};

}  // namespace luster::site
