// idea: the library's exp, one float at a time
// earns: 0 of gelu.speedup
// earns: 0 of gelu.vector
void gelu(std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    const float t = 1.59576912161F * (x[i] + 0.044715F * x[i] * x[i] * x[i]);
    y[i] = x[i] / (1 + std::exp(-t));
  }
}
