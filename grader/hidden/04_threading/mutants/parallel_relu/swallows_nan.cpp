// mistake: turns NaN into 0
// verdict: correctness wrong_result
void KERNEL(std::span<const float> x, std::span<float> y, int /*threads*/) {
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = x[i] > 0 ? x[i] : 0;
}
