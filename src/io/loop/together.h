// Several tasks at the same time on this loop: what a request can ask together goes in one round
// trip.
#pragma once

#include "io/loop/task.h"

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <tuple>

namespace luster {

// auto [page, menus] = co_await together(reads.one(…), reads.all(…)); the first fault wins.
template <class A, class B>
Task<std::tuple<A, B>> together(Task<A> a, Task<B> b) {
    using namespace boost::asio::experimental::awaitable_operators;
    co_return co_await (std::move(a) && std::move(b));
}

template <class A, class B, class C>
Task<std::tuple<A, B, C>> together(Task<A> a, Task<B> b, Task<C> c) {
    using namespace boost::asio::experimental::awaitable_operators;
    co_return co_await (std::move(a) && std::move(b) && std::move(c));
}

template <class A, class B, class C, class D>
Task<std::tuple<A, B, C, D>> together(Task<A> a, Task<B> b, Task<C> c, Task<D> d) {
    using namespace boost::asio::experimental::awaitable_operators;
    co_return co_await (std::move(a) && std::move(b) && std::move(c) && std::move(d));
}

}  // namespace luster
