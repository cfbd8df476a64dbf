// idea: each element of c by itself: b is read down its columns
// earns: 0 of spmm_csr.speedup
void spmm_csr(std::span<const std::int32_t> row_starts, std::span<const std::int32_t> columns,
              std::span<const float> values, MatrixView<const float> b, MatrixView<float> c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    const auto row = static_cast<std::size_t>(i);
    for (std::int64_t j = 0; j < c.cols; ++j) {
      float sum = 0;
      for (auto p = static_cast<std::size_t>(row_starts[row]);
           p < static_cast<std::size_t>(row_starts[row + 1]); ++p) {
        sum += values[p] * b(columns[p], j);
      }
      c(i, j) = sum;
    }
  }
}
