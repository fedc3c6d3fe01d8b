#include "io/loop/loops.h"

#include "io/loop/timer.h"

#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include <cstdio>
#include <map>
#include <mutex>
#include <thread>

namespace luster {
namespace {

namespace asio = boost::asio;

void report_to_standard_error(std::string_view task, std::string_view fault) {
    std::fprintf(
        stderr,
        "task %.*s ended with a fault: %.*s\n",
        static_cast<int>(task.size()),
        task.data(),
        static_cast<int>(fault.size()),
        fault.data()
    );
}

std::atomic<FaultReport> fault_report = &report_to_standard_error;

// Counters outlive every loop, so that a task which ends while a loop is torn down can still count.
class Census {
public:
    std::int64_t& of(std::string_view name) {
        auto found = counts_.find(name);
        if (found == counts_.end()) found = counts_.emplace(std::string(name), 0).first;
        return found->second;
    }
    std::map<std::string, std::int64_t, std::less<>> counts_;
    std::mutex mutex_;
};

Census& census() {
    static auto* census = new Census;
    return *census;
}

class Counted {
public:
    explicit Counted(std::string_view name) : name_(name) { add(1); }
    Counted(Counted&& other) noexcept : name_(std::exchange(other.name_, {})) {}
    ~Counted() {
        if (!name_.empty()) add(-1);
    }
    const std::string& name() const { return name_; }

private:
    void add(std::int64_t by) {
        std::lock_guard lock(census().mutex_);
        census().of(name_) += by;
    }
    std::string name_;
};

Task<void> counted(Counted counted, Task<void> task) {
    try {
        co_await std::move(task);
    } catch (const std::exception& fault) {
        fault_report.load()(counted.name(), fault.what());
    }
}

}  // namespace

Loops::Loops(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        contexts_.push_back(std::make_unique<Context>());
    }
}

Loops::~Loops() = default;

Executor Loops::executor(std::size_t index) const {
    return contexts_[index]->get_executor();
}

std::size_t Loops::home(std::uint64_t key) const {
    // Fibonacci hashing: neighbouring numbers are spread, too.
    return static_cast<std::size_t>((key * 0x9e3779b97f4a7c15u) >> 32) % contexts_.size();
}

std::size_t Loops::index_of(const Executor& executor) const {
    for (std::size_t i = 0; i < contexts_.size(); ++i) {
        if (contexts_[i].get() == &executor.context()) return i;
    }
    LUSTER_ASSERT(!"an executor of these loops");
    return 0;
}

void Loops::run() {
    std::vector<asio::executor_work_guard<Executor>> guards;
    for (auto& context : contexts_) guards.emplace_back(context->get_executor());
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < contexts_.size(); ++i) {
        threads.emplace_back([this, i] { contexts_[i]->run(); });
    }
    contexts_[0]->run();
}

void Loops::stop() {
    for (auto& context : contexts_) context->stop();
}

void Loops::abandon() {
    for (auto& context : contexts_) context->abandon();
}

void spawn(Executor executor, std::string_view name, Task<void> task) {
    asio::co_spawn(executor, counted(Counted(name), std::move(task)), asio::detached);
}

std::vector<std::pair<std::string, std::int64_t>> spawned() {
    std::lock_guard lock(census().mutex_);
    return {census().counts_.begin(), census().counts_.end()};
}

void report_faults_to(FaultReport report) {
    fault_report = report;
}

Task<void> sleep(std::chrono::milliseconds time) {
    Timer timer(co_await asio::this_coro::executor, time);
    co_await timer.async_wait(asio::use_awaitable_t<Executor>());
}

Task<void> next_turn() {
    co_await asio::post(co_await asio::this_coro::executor, asio::use_awaitable_t<Executor>());
}

}  // namespace luster
