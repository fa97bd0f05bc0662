// SPDX-License-Identifier: Apache-2.0
#include "worker/slice.hpp"

#include <Eigen/Core>
#include <cstdint>

#include "m1bench/core/error.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

namespace m1bench {
namespace {

#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512DQ__) && defined(__AVX512VL__) && defined(__AVX512CD__)
constexpr const char* kArch = "x86_64";
constexpr const char* kTier = "x86_64-v4";
// 2*3+1 in sixteen lanes, through a masked add.
float tier_result(float two) {
  const __m512 product = _mm512_fmadd_ps(_mm512_set1_ps(two), _mm512_set1_ps(3), _mm512_setzero_ps());
  return _mm512_reduce_add_ps(_mm512_mask_add_ps(product, 0xFFFF, product, _mm512_set1_ps(1))) / 16;
}
#elif defined(__AVX2__) && defined(__FMA__) && defined(__BMI2__)
constexpr const char* kArch = "x86_64";
constexpr const char* kTier = "x86_64-v3";
// 2*3+1 fused, and an AVX2 integer add that must give zero.
float tier_result(float two) {
  const __m256i zero = _mm256_add_epi32(_mm256_set1_epi32(static_cast<int>(two)), _mm256_set1_epi32(-2));
  const __m256 fused = _mm256_fmadd_ps(_mm256_set1_ps(two), _mm256_set1_ps(3), _mm256_set1_ps(1));
  return _mm256_cvtss_f32(fused) + static_cast<float>(_mm256_movemask_epi8(zero));
}
#elif defined(__SSE4_2__) && defined(__POPCNT__)
constexpr const char* kArch = "x86_64";
constexpr const char* kTier = "x86_64-v2";
// The population count of 127, and a 64-bit compare (SSE4.2) that must find no difference.
float tier_result(float two) {
  const auto seven = _mm_popcnt_u32(static_cast<std::uint32_t>(two) * 63 + 1);
  const __m128i value = _mm_set1_epi64x(seven);
  return static_cast<float>(seven + _mm_movemask_epi8(_mm_cmpgt_epi64(value, value)));
}
#elif defined(__aarch64__) && defined(__ARM_FEATURE_DOTPROD) && defined(M1BENCH_DOTPROD_TIER)
constexpr const char* kArch = "arm64";
constexpr const char* kTier = "arm64-dotprod";
// Four products of 1 and 2, minus 1.
float tier_result(float two) {
  const int8x16_t ones = vdupq_n_s8(1), twos = vdupq_n_s8(static_cast<std::int8_t>(two));
  return static_cast<float>(vgetq_lane_s32(vdotq_s32(vdupq_n_s32(-1), ones, twos), 0));
}
#elif defined(__aarch64__)
constexpr const char* kArch = "arm64";
constexpr const char* kTier = "arm64";
float tier_result(float two) { return vgetq_lane_f32(vfmaq_f32(vdupq_n_f32(1), vdupq_n_f32(two), vdupq_n_f32(3)), 0); }
#else
#error "m1bench has no slice for this architecture"
#endif

// Eigen's own list, without the slip by which it leaves out what an AVX2 tier has beyond AVX.
std::string simd_in_use() {
  std::string simd = Eigen::SimdInstructionSetsInUse();
#if defined(__AVX2__) && defined(__FMA__)
  if (simd.starts_with("AVX SSE")) simd.replace(0, 3, "FMA, AVX2, AVX,");
#endif
  return simd;
}

}  // namespace

CompiledSlice compiled_slice() { return {kArch, kTier, M1BENCH_SLICE_FLAGS, simd_in_use()}; }

void execute_tier_instructions() {
  volatile float two = 2;  // keeps the compiler from computing the answer itself
  if (tier_result(two) != 7) {
    throw Error(ErrorKind::target, std::string("the instructions of ") + kTier + " run here but compute something else; "
                                   "do not trust this translator with code compiled for that tier");
  }
}

}  // namespace m1bench
