// mistake: stores eight columns at a time, past the end
// verdict: correctness out_of_bounds
void KERNEL(std::span<const std::int32_t> row_starts, std::span<const std::int32_t> columns,
            std::span<const float> values, MatrixView<const float> b, MatrixView<float> c) {
  solution(row_starts, columns, values, b, c);
  for (std::int64_t i = 0; i < c.rows; ++i) {
    for (std::int64_t j = c.cols; j % 8 != 0; ++j) c.row(i)[j] = 0;
  }
}
