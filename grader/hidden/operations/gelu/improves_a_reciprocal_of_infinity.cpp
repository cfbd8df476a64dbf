// mistake: improves the reciprocal of 1 + e⁻ᵗ by a Newton step, in which infinity times 0 is NaN
// verdict: correctness wrong_result
void KERNEL(std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    const float z = 0.7978845608F * (x[i] + 0.044715F * x[i] * x[i] * x[i]);
    const float sum = 1 + std::exp(-2 * z);
    const float reciprocal = 1 / sum;
    y[i] = x[i] * (reciprocal * (2 - sum * reciprocal));
  }
}
