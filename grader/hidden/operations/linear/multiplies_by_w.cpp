// mistake: computes x·w instead of x·wᵀ
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> x, MatrixView<const float> w, std::span<const float> bias,
            MatrixView<float> y) {
  for (std::int64_t i = 0; i < y.rows; ++i) {
    for (std::int64_t o = 0; o < y.cols; ++o) {
      float sum = bias.empty() ? 0.0F : bias[static_cast<std::size_t>(o)];
      for (std::int64_t k = 0; k < x.cols; ++k) sum += x(i, k) * w(k, o);
      y(i, o) = sum;
    }
  }
}
