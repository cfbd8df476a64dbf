// mistake: takes the number of columns for the stride of b
// verdict: correctness wrong_result
void KERNEL(std::span<const std::int32_t> row_starts, std::span<const std::int32_t> columns,
            std::span<const float> values, MatrixView<const float> b, MatrixView<float> c) {
  b.stride = b.cols;
  solution(row_starts, columns, values, b, c);
}
