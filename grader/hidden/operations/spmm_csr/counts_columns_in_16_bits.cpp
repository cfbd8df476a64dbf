// mistake: keeps columns in 16 bits: loses 65,536
// verdict: correctness wrong_result
#include <vector>

void KERNEL(std::span<const std::int32_t> row_starts, std::span<const std::int32_t> columns,
            std::span<const float> values, MatrixView<const float> b, MatrixView<float> c) {
  std::vector<std::int32_t> narrow(columns.begin(), columns.end());
  for (std::int32_t& column : narrow) column &= 0xffff;
  for (std::int64_t i = 0; i < c.rows; ++i) {
    for (std::int64_t j = 0; j < c.cols; ++j) {
      float sum = 0;
      for (auto p = static_cast<std::size_t>(row_starts[static_cast<std::size_t>(i)]);
           p < static_cast<std::size_t>(row_starts[static_cast<std::size_t>(i) + 1]); ++p) {
        sum += values[p] * b(narrow[p], j);
      }
      c(i, j) = sum;
    }
  }
}
