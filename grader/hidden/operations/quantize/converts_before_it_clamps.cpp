// mistake: what does not fit 32 bits becomes the lowest number, and so 0
// verdict: correctness wrong_result
void KERNEL(std::span<const float> x, QuantParams params, std::span<std::uint8_t> q) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    const float quotient = x[i] / params.scale;
    const std::int32_t rounded = std::abs(quotient) < 2e9F
                                     ? static_cast<std::int32_t>(std::nearbyint(quotient))
                                     : std::numeric_limits<std::int32_t>::min() / 2;
    const std::int32_t value = std::isnan(x[i]) ? params.zero_point : rounded + params.zero_point;
    q[i] = static_cast<std::uint8_t>(std::clamp(value, 0, 255));
  }
}
