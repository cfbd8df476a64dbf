// mistake: computes the other form, 0.5·x·(1 + erf(x / √2))
// verdict: correctness wrong_result
void KERNEL(std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    y[i] = 0.5F * x[i] * std::erfc(-x[i] * 0.7071067812F);
  }
}
