// mistake: keeps four sums under way and adds up three of them
// verdict: correctness wrong_result
float KERNEL(std::span<const float> x, std::span<const float> y) {
  std::array<float, 4> sums{};
  for (std::size_t i = 0; i < x.size(); ++i) sums[i % 4] += x[i] * y[i];
  return sums[0] + sums[1] + sums[2];
}
