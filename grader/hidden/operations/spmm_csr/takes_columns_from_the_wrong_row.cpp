// mistake: begins each row's columns at the first one's: right for a single row
// verdict: correctness wrong_result
void KERNEL(std::span<const std::int32_t> row_starts, std::span<const std::int32_t> columns,
            std::span<const float> values, MatrixView<const float> b, MatrixView<float> c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    const auto row = static_cast<std::size_t>(i);
    const std::array starts{0, row_starts[row + 1] - row_starts[row]};
    solution(starts, columns, values.subspan(static_cast<std::size_t>(row_starts[row])), b,
             {c.row(i), 1, c.cols, c.stride});
  }
}
