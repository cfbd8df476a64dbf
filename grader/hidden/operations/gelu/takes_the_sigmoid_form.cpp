// mistake: computes the rough form, x·σ(1.702·x)
// verdict: correctness wrong_result
void KERNEL(std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = x[i] / (1 + std::exp(-1.702F * x[i]));
}
