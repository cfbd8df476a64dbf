// mistake: adds a half and cuts off
// verdict: correctness wrong_result
void KERNEL(std::span<const float> x, QuantParams params, std::span<std::uint8_t> q) {
  solution(x, params, q);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const float quotient = x[i] / params.scale;
    if (std::abs(quotient) < 1000 && quotient - std::floor(quotient) == 0.5F) {
      const float up = std::floor(quotient) + 1 + static_cast<float>(params.zero_point);
      q[i] = static_cast<std::uint8_t>(std::clamp(up, 0.0F, 255.0F));
    }
  }
}
