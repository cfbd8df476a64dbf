// idea: the library's exp, one float at a time
// earns: 0 of bias_gelu_scale.speedup
// earns: 0 of bias_gelu_scale.vector
void bias_gelu_scale(MatrixView<const float> x, std::span<const float> b, float s,
                     MatrixView<float> y) {
  for (std::int64_t i = 0; i < x.rows; ++i) {
    for (std::int64_t j = 0; j < x.cols; ++j) {
      const float v = x(i, j) + b[static_cast<std::size_t>(j)];
      const float t = 1.59576912161F * (v + 0.044715F * v * v * v);
      y(i, j) = s * v / (1 + std::exp(-t));
    }
  }
}
