// idea: 64 columns of c in registers, and all rows of b that wide packed
// earns: 6-9 of spmm_csr.speedup
#include "../strips.h"

void spmm_csr(std::span<const std::int32_t> row_starts, std::span<const std::int32_t> columns,
              std::span<const float> values, MatrixView<const float> b, MatrixView<float> c) {
  const std::int64_t done = stages::multiply_strips<8, true>(row_starts, columns, values, b, c);
  solution(row_starts, columns, values, {b.data + done, b.rows, b.cols - done, b.stride},
           {c.data + done, c.rows, c.cols - done, c.stride});
}
