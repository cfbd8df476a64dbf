// mistake: multiplies by s before gelu and behind it
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> x, std::span<const float> b, float s, MatrixView<float> y) {
  solution(x, b, s, y);
  for (std::int64_t i = 0; i < y.rows; ++i) {
    for (std::int64_t j = 0; j < y.cols; ++j) y(i, j) *= s;
  }
}
