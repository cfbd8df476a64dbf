// mistake: writes no rows of c for which a has no elements
// verdict: correctness wrong_result
void KERNEL(std::span<const std::int32_t> row_starts, std::span<const std::int32_t> columns,
            std::span<const float> values, MatrixView<const float> b, MatrixView<float> c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    const auto row = static_cast<std::size_t>(i);
    if (row_starts[row] == row_starts[row + 1]) continue;
    solution(row_starts.subspan(row, 2), columns, values, b, {c.row(i), 1, c.cols, c.stride});
  }
}
