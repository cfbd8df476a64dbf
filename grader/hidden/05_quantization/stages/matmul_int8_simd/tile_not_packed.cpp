// idea: 6×16 sums in registers; b is zipped again for every tile, and read down its columns
// earns: 14-23 of matmul_int8_simd.speedup
#include <rooflab/simd.h>

#include "../pairs.h"

namespace {

constexpr int kRows = 6;

template <int Rows>
void multiply(MatrixView<const std::uint8_t> a, MatrixView<const std::int8_t> b, std::int64_t i,
              std::int64_t j, QuantParams pa, QuantParams pb, MatrixView<std::int32_t> c) {
  const __m256i zero_points = _mm256_set1_epi16(static_cast<std::int16_t>(pb.zero_point));
  __m256i sum[Rows][2];
#pragma GCC unroll 6
  for (int r = 0; r < Rows; ++r) sum[r][0] = sum[r][1] = _mm256_setzero_si256();
  for (std::int64_t p = 0; p < a.cols; p += 2) {
    __m256i right[2];
    pairs::pairs_of_b(b, p, j, zero_points, right);
#pragma GCC unroll 6
    for (int r = 0; r < Rows; ++r) {
      const __m256i factor = pairs::pair_of_a(a, i + r, p, pa.zero_point);
      sum[r][0] = pairs::dot(sum[r][0], factor, right[0]);
      sum[r][1] = pairs::dot(sum[r][1], factor, right[1]);
    }
  }
#pragma GCC unroll 6
  for (int r = 0; r < Rows; ++r) pairs::store(c.row(i + r) + j, c.cols - j, sum[r]);
}

template <int Rows = kRows>
void multiply_rows(MatrixView<const std::uint8_t> a, MatrixView<const std::int8_t> b,
                   std::int64_t i, std::int64_t j, QuantParams pa, QuantParams pb,
                   MatrixView<std::int32_t> c) {
  if constexpr (Rows > 1) {
    if (c.rows - i < Rows) return multiply_rows<Rows - 1>(a, b, i, j, pa, pb, c);
  }
  multiply<Rows>(a, b, i, j, pa, pb, c);
}

}  // namespace

void matmul_int8_simd(MatrixView<const std::uint8_t> a, MatrixView<const std::int8_t> b,
                      QuantParams pa, QuantParams pb, MatrixView<std::int32_t> c) {
  for (std::int64_t j = 0; j < c.cols; j += 16) {
    for (std::int64_t i = 0; i < c.rows; i += kRows) multiply_rows(a, b, i, j, pa, pb, c);
  }
}
