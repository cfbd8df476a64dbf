// mistake: loses the signs of the products
// verdict: correctness wrong_result
float KERNEL(std::span<const float> x, std::span<const float> y) {
  float sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += std::abs(x[i] * y[i]);
  return sum;
}
