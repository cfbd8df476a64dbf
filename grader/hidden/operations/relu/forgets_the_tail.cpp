// mistake: takes eight elements at a time and forgets what is left
// verdict: correctness wrong_result
void KERNEL(std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i + 8 <= x.size(); i += 8) {
    for (std::size_t l = i; l < i + 8; ++l) y[l] = x[l] < 0 ? 0.0F : x[l];
  }
}
