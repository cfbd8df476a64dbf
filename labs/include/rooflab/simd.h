// x86's vector intrinsics, on every processor: the compiler's own where it compiles for AVX2 and
// FMA, else SIMDe's, which carry them out with what there is (NEON on 64-bit ARM, SSE2 on plain
// x86-64).
#pragma once

#include <cstdint>

#if defined(__AVX2__) && defined(__FMA__)
#include <immintrin.h>
#else
#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/x86/avx2.h>
#include <simde/x86/fma.h>

namespace rooflab {

/// SIMDe 0.7 loads all eight elements and clears some of them, also where nothing may be read.
inline __m256 maskload_ps(const float* from, __m256i mask) {
  alignas(32) std::int32_t chosen[8];
  alignas(32) float loaded[8] = {};
  _mm256_store_si256(reinterpret_cast<__m256i*>(chosen), mask);
  for (int i = 0; i < 8; ++i) {
    if (chosen[i] < 0) loaded[i] = from[i];
  }
  return _mm256_load_ps(loaded);
}

}  // namespace rooflab

#ifndef _MM_FROUND_NO_EXC                         // which SIMDe 0.7 has no alias for
#define _MM_FROUND_NO_EXC SIMDE_MM_FROUND_NO_EXC  // NOLINT(bugprone-reserved-identifier)
#endif
#undef _mm256_maskload_ps
#define _mm256_maskload_ps(from, mask) \
  rooflab::maskload_ps(from, mask)  // NOLINT(bugprone-reserved-identifier)
#endif
