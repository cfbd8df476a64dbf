// mistake: adds to what c held
// verdict: correctness wrong_result
#include <vector>

void KERNEL(std::span<const std::int32_t> row_starts, std::span<const std::int32_t> columns,
            std::span<const float> values, MatrixView<const float> b, MatrixView<float> c) {
  std::vector<float> before;
  for (std::int64_t i = 0; i < c.rows; ++i)
    before.insert(before.end(), c.row(i), c.row(i) + c.cols);
  solution(row_starts, columns, values, b, c);
  for (std::int64_t i = 0; i < c.rows; ++i) {
    for (std::int64_t j = 0; j < c.cols; ++j) {
      c(i, j) += before[static_cast<std::size_t>(i * c.cols + j)];
    }
  }
}
