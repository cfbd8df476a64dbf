// mistake: fills y with 0 when s is 0, though 0 · NaN is NaN
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> x, std::span<const float> b, float s, MatrixView<float> y) {
  if (s != 0) return solution(x, b, s, y);
  for (std::int64_t i = 0; i < y.rows; ++i) std::fill_n(y.row(i), y.cols, 0.0F);
}
