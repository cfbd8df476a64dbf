// idea: 64 columns of c in registers over a row of a; b is read where it lies
// earns: 3-9 of spmm_csr.speedup
#include "../strips.h"

void spmm_csr(std::span<const std::int32_t> row_starts, std::span<const std::int32_t> columns,
              std::span<const float> values, MatrixView<const float> b, MatrixView<float> c) {
  const std::int64_t done = stages::multiply_strips<8, false>(row_starts, columns, values, b, c);
  solution(row_starts, columns, values, {b.data + done, b.rows, b.cols - done, b.stride},
           {c.data + done, c.rows, c.cols - done, c.stride});
}
