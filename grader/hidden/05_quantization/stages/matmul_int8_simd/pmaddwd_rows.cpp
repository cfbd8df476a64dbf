// idea: pairs of products in one instruction, row by row; the sums of a row of c wait in memory
// earns: 8-22 of matmul_int8_simd.speedup
#include <rooflab/simd.h>

#include <vector>

#include "../pairs.h"

void matmul_int8_simd(MatrixView<const std::uint8_t> a, MatrixView<const std::int8_t> b,
                      QuantParams pa, QuantParams pb, MatrixView<std::int32_t> c) {
  using pairs::kLanes;
  const __m256i zero_points = _mm256_set1_epi16(static_cast<std::int16_t>(pb.zero_point));
  const std::int64_t strips = (c.cols + 15) / 16;
  std::vector<std::int32_t> row(static_cast<std::size_t>(strips * 16));
  const auto at = [&](std::int64_t j) { return reinterpret_cast<__m256i*>(row.data() + j); };
  for (std::int64_t i = 0; i < c.rows; ++i) {
    std::fill(row.begin(), row.end(), 0);
    for (std::int64_t p = 0; p < a.cols; p += 2) {
      const __m256i factor = pairs::pair_of_a(a, i, p, pa.zero_point);
      for (std::int64_t j = 0; j < c.cols; j += 16) {
        __m256i right[2];
        pairs::pairs_of_b(b, p, j, zero_points, right);
        for (std::int64_t h = 0; h < 2; ++h) {
          __m256i* sum = at(j + h * kLanes);
          _mm256_storeu_si256(sum, pairs::dot(_mm256_loadu_si256(sum), factor, right[h]));
        }
      }
    }
    std::copy_n(row.begin(), c.cols, c.row(i));
  }
}
