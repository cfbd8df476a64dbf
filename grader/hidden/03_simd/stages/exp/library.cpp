// idea: the library's exp, one float at a time
// earns: 0 of exp.speedup
// earns: 0 of exp.vector
void exp(std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = std::exp(x[i]);
}
