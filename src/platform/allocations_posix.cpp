// SPDX-License-Identifier: Apache-2.0
#include "platform/allocations.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

#include "platform/sanitized.hpp"

namespace m1bench {
namespace {

std::atomic<bool> counting{false};
std::atomic<std::uint64_t> counted{0}, counted_bytes{0};

void count(std::size_t size) {
  if (!counting.load(std::memory_order_relaxed)) return;
  counted.fetch_add(1, std::memory_order_relaxed);
  counted_bytes.fetch_add(size, std::memory_order_relaxed);
}

}  // namespace

AllocationCount::AllocationCount() {
  counted = counted_bytes = 0;
  counting = true;
}
AllocationCount::~AllocationCount() { counting = false; }
Allocations AllocationCount::so_far() const {
  return {counted.load(std::memory_order_relaxed), counted_bytes.load(std::memory_order_relaxed)};
}

}  // namespace m1bench

#if M1BENCH_SANITIZED

// A sanitizer tells mismatched forms of new and delete by its own operators, so they stay, and report what they give out.
// (sanitizer/allocator_interface.h, which GCC does not install)
extern "C" int __sanitizer_install_malloc_and_free_hooks(void (*given)(const volatile void*, std::size_t),
                                                         void (*taken)(const volatile void*));
namespace {
[[maybe_unused]] const int hooks = __sanitizer_install_malloc_and_free_hooks(
  [](const volatile void*, std::size_t size) { m1bench::count(size); }, [](const volatile void*) {});
}  // namespace

#else

namespace {

// As the standard asks of operator new: until there is memory, or nobody left who could make some.
template <class Allocate>
void* allocate(std::size_t size, Allocate from_heap) {
  m1bench::count(size);
  for (;;) {
    if (void* memory = from_heap()) return memory;
    const std::new_handler handler = std::get_new_handler();
    if (!handler) throw std::bad_alloc();
    handler();
  }
}

}  // namespace

// The four that every other form comes down to, in libstdc++ and in libc++.
void* operator new(std::size_t size) {
  return allocate(size, [size] { return std::malloc(std::max<std::size_t>(size, 1)); });
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  return allocate(size, [size, alignment] {
    const std::size_t at_least = std::max(static_cast<std::size_t>(alignment), sizeof(void*));
    void* memory = nullptr;
    return posix_memalign(&memory, at_least, std::max<std::size_t>(size, 1)) == 0 ? memory : nullptr;
  });
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

#endif
