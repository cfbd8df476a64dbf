// mistake: takes an estimate of the reciprocal, good to 12 bits, for the reciprocal
// verdict: correctness wrong_result
void KERNEL(std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    const float z = 0.7978845608F * (x[i] + 0.044715F * x[i] * x[i] * x[i]);
    const float reciprocal = 1 / (1 + std::exp(-2 * z));
    const auto bits = std::bit_cast<std::uint32_t>(reciprocal);
    y[i] = x[i] * std::bit_cast<float>(bits & 0xfffff800U);
  }
}
