// mistake: takes eight columns at a time and forgets what is left
// verdict: correctness wrong_result
void KERNEL(std::span<const std::int32_t> row_starts, std::span<const std::int32_t> columns,
            std::span<const float> values, MatrixView<const float> b, MatrixView<float> c) {
  c.cols -= c.cols % 8;
  solution(row_starts, columns, values, {b.data, b.rows, c.cols, b.stride}, c);
}
