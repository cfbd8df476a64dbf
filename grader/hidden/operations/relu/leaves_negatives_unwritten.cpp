// mistake: writes only what is positive
// verdict: correctness wrong_result
void KERNEL(std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!(x[i] <= 0)) y[i] = x[i];
  }
}
