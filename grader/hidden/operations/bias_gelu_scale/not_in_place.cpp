// mistake: clears y first, which is x when called in place
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> x, std::span<const float> b, float s, MatrixView<float> y) {
  for (std::int64_t i = 0; i < y.rows; ++i) std::fill_n(y.row(i), y.cols, 0.0F);
  solution(x, b, s, y);
}
