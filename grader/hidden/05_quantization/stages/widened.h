// What the stages of gemv_bf16 share that widen weights in registers: so many vectors of sums under
// way.
#pragma once

#include <rooflab/bf16.h>
#include <rooflab/simd.h>
#include <rooflab/view.h>

#include <bit>
#include <cstdint>
#include <span>

namespace lab05::widened {

using rooflab::Bf16;
using rooflab::MatrixView;

template <std::int64_t kSums>
void multiply(MatrixView<const Bf16> w, std::span<const float> x, std::span<float> y) {
  for (std::int64_t i = 0; i < w.rows; ++i) {
    const Bf16* row = w.row(i);
    __m256 sums[kSums] = {};
    std::int64_t j = 0;
    for (; j + 8 * kSums <= w.cols; j += 8 * kSums) {
#pragma GCC unroll 4
      for (std::int64_t s = 0; s < kSums; ++s) {
        const __m128i bits = _mm_loadu_si128(reinterpret_cast<const __m128i*>(row + j + 8 * s));
        const __m256i wide = _mm256_slli_epi32(_mm256_cvtepu16_epi32(bits), 16);
        sums[s] = _mm256_fmadd_ps(_mm256_castsi256_ps(wide), _mm256_loadu_ps(x.data() + j + 8 * s),
                                  sums[s]);
      }
    }
    float total = 0;
    for (const __m256& sum : sums) {
      alignas(32) float each[8];
      _mm256_store_ps(each, sum);
      for (const float lane : each) total += lane;
    }
    for (; j < w.cols; ++j) {
      const float weight = std::bit_cast<float>(std::uint32_t{row[j].bits} << 16U);
      total += weight * x[static_cast<std::size_t>(j)];
    }
    y[static_cast<std::size_t>(i)] = total;
  }
}

}  // namespace lab05::widened
