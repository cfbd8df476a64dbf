// mistake: runs one element too far
// verdict: correctness out_of_bounds
void KERNEL(std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i <= x.size(); ++i) y.data()[i] = x.data()[i] < 0 ? 0.0F : x.data()[i];
}
