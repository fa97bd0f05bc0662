// SPDX-License-Identifier: Apache-2.0
#pragma once

// M1BENCH_SANITIZED is 1 in a build under AddressSanitizer or ThreadSanitizer, whose runtime takes the place of the heap.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)  // GCC
#define M1BENCH_SANITIZED 1
#elif defined(__has_feature)  // Clang
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define M1BENCH_SANITIZED 1
#endif
#endif
#ifndef M1BENCH_SANITIZED
#define M1BENCH_SANITIZED 0
#endif
