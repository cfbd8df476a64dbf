// mistake: takes four terms at a time until k equals the depth, and may step over it
// verdict: correctness crashed
void KERNEL(MatrixView<const float> x, MatrixView<const float> w, std::span<const float> bias,
            MatrixView<float> y) {
  for (std::int64_t i = 0; i < y.rows; ++i) {
    for (std::int64_t o = 0; o < y.cols; ++o) {
      float sum = bias.empty() ? 0.0F : bias[static_cast<std::size_t>(o)];
      for (std::int64_t k = 0; k != x.cols; k += 4) {
        for (std::int64_t l = k; l < k + 4; ++l) sum += x(i, l) * w(o, l);
      }
      y(i, o) = sum;
    }
  }
}
