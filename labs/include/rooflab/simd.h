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

/// SIMDe 0.7.4 loads the whole vector and then masks it: a read beyond the end of an array.
inline simde__m256 masked_load(const float* from, simde__m256i mask) {
  float lanes[8] = {};
  std::int32_t wanted[8];
  simde_mm256_storeu_si256(wanted, mask);
  for (int i = 0; i < 8; ++i) {
    if (wanted[i] < 0) lanes[i] = from[i];
  }
  return simde_mm256_loadu_ps(lanes);
}

}  // namespace rooflab

#undef _mm256_maskload_ps
#define _mm256_maskload_ps(from, mask) rooflab::masked_load(from, mask)
#endif
