// What the stages with pmaddwd share: pairs of numbers, less their zero point, in 16 bits.
#pragma once

#include <rooflab/simd.h>
#include <rooflab/view.h>

#include <algorithm>
#include <cstring>

namespace lab05::pairs {

using rooflab::MatrixView;

inline constexpr std::int64_t kLanes = 8;

/// Sixteen numbers of row p of b from column j on; zeros where b has none.
inline __m128i load_strip(MatrixView<const std::int8_t> b, std::int64_t p, std::int64_t j) {
  const std::int64_t count = p < b.rows ? std::min<std::int64_t>(16, b.cols - j) : 0;
  if (count == 16) return _mm_loadu_si128(reinterpret_cast<const __m128i*>(b.row(p) + j));
  __m128i strip = _mm_setzero_si128();
  if (count > 0) std::memcpy(&strip, b.row(p) + j, static_cast<std::size_t>(count));
  return strip;
}

/// Numbers p and p + 1 of row i of a, less their zero point, in all lanes; 0 where there is none.
inline __m256i pair_of_a(MatrixView<const std::uint8_t> a, std::int64_t i, std::int64_t p,
                         std::int32_t zero_point) {
  const std::int32_t first = a(i, p) - zero_point;
  const std::int32_t second = p + 1 < a.cols ? a(i, p + 1) - zero_point : 0;
  return _mm256_set1_epi32((first & 0xffff) |
                           static_cast<std::int32_t>(static_cast<std::uint32_t>(second) << 16U));
}

/// The pairs of b in rows p and p + 1 and 16 columns, less their zero point.
inline void pairs_of_b(MatrixView<const std::int8_t> b, std::int64_t p, std::int64_t j,
                       __m256i zero_points, __m256i pairs[2]) {
  const __m128i upper = load_strip(b, p, j);
  const __m128i lower = load_strip(b, p + 1, j);
  pairs[0] = _mm256_sub_epi16(_mm256_cvtepi8_epi16(_mm_unpacklo_epi8(upper, lower)), zero_points);
  pairs[1] = _mm256_sub_epi16(_mm256_cvtepi8_epi16(_mm_unpackhi_epi8(upper, lower)), zero_points);
}

inline __m256i dot(__m256i sum, __m256i a, __m256i b) {
  return _mm256_add_epi32(sum, _mm256_madd_epi16(a, b));
}

/// Sixteen sums to memory, of which there are only `count`.
inline void store(std::int32_t* to, std::int64_t count, const __m256i sum[2]) {
  const __m256i lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
  for (int h = 0; h < 2; ++h) {
    const auto left = static_cast<int>(count - h * kLanes);
    if (left <= 0) return;
    _mm256_maskstore_epi32(to + h * kLanes, _mm256_cmpgt_epi32(_mm256_set1_epi32(left), lanes),
                           sum[h]);
  }
}

}  // namespace lab05::pairs
