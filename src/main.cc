#include "app/main.h"

#include "liquid/tool/bench.h"

#include <cstdlib>
#include <new>

// Allocations of this thread are counted for `luster liquid --bench`; it costs an addition each.
namespace {
thread_local std::size_t allocations = 0;
}  // namespace

void* operator new(std::size_t bytes) {
    ++allocations;
    if (void* memory = std::malloc(bytes == 0 ? 1 : bytes)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

int main(int argc, char** argv) {
    liquid::tool::allocation_count = [] { return allocations; };
    return luster::app::main(argc, argv);
}
