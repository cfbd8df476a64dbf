// mistake: writes eight columns at a time, past the end of the row
// verdict: correctness out_of_bounds
void KERNEL(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
            std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
            std::span<float> scratch) {
  solution(q, k, v, lengths, scale, out, scratch);
  for (std::int64_t i = 0; i < out.rows; ++i) {
    for (std::int64_t c = out.cols; c % 8 != 0; ++c) out.row(i)[c] = 0;
  }
}
