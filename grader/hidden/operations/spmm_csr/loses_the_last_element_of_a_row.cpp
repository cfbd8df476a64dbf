// mistake: ends each row an element too soon
// verdict: correctness wrong_result
void KERNEL(std::span<const std::int32_t> row_starts, std::span<const std::int32_t> columns,
            std::span<const float> values, MatrixView<const float> b, MatrixView<float> c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    const auto row = static_cast<std::size_t>(i);
    const std::int32_t first = row_starts[row];
    const std::array starts{first, std::max(first, row_starts[row + 1] - 1)};
    solution(starts, columns, values, b, {c.row(i), 1, c.cols, c.stride});
  }
}
