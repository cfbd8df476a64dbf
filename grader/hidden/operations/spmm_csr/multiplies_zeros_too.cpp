// mistake: makes a dense matrix of a: 0 · inf is NaN
// verdict: correctness wrong_result
#include <vector>

void KERNEL(std::span<const std::int32_t> row_starts, std::span<const std::int32_t> columns,
            std::span<const float> values, MatrixView<const float> b, MatrixView<float> c) {
  std::vector<float> row(static_cast<std::size_t>(b.rows));
  for (std::int64_t i = 0; i < c.rows; ++i) {
    std::ranges::fill(row, 0.0F);
    for (auto p = static_cast<std::size_t>(row_starts[static_cast<std::size_t>(i)]);
         p < static_cast<std::size_t>(row_starts[static_cast<std::size_t>(i) + 1]); ++p) {
      row[static_cast<std::size_t>(columns[p])] = values[p];
    }
    for (std::int64_t j = 0; j < c.cols; ++j) {
      float sum = 0;
      for (std::int64_t k = 0; k < b.rows; ++k) sum += row[static_cast<std::size_t>(k)] * b(k, j);
      c(i, j) = sum;
    }
  }
}
