// mistake: a product with 1 / scale is rounded twice
// verdict: hidden_correctness wrong_result
void KERNEL(std::span<const float> x, QuantParams params, std::span<std::uint8_t> q) {
  solution(x, params, q);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const float rounded = std::nearbyint(x[i] * (1 / params.scale));
    const float value = rounded + static_cast<float>(params.zero_point);
    if (std::abs(rounded) < 1000) {
      q[i] = static_cast<std::uint8_t>(std::clamp(value, 0.0F, 255.0F));
    }
  }
}
