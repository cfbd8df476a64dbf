// idea: the idea of lab 01: eight sums under way, one float at a time
// earns: 0-1.5 of dot.speedup
// earns: 0 of dot.vector
float dot(std::span<const float> x, std::span<const float> y) {
  std::array<float, 8> sums{};
  std::size_t i = 0;
  for (; i + 8 <= x.size(); i += 8) {
    for (std::size_t s = 0; s < 8; ++s) sums[s] += x[i + s] * y[i + s];
  }
  float total = 0;
  for (; i < x.size(); ++i) total += x[i] * y[i];
  for (const float sum : sums) total += sum;
  return total;
}
