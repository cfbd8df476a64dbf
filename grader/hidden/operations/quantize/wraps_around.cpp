// mistake: keeps the lower 8 bits of what does not fit
// verdict: correctness wrong_result
void KERNEL(std::span<const float> x, QuantParams params, std::span<std::uint8_t> q) {
  solution(x, params, q);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const float rounded = std::nearbyint(x[i] / params.scale);
    if (std::abs(rounded) < 1e6F) {
      q[i] = static_cast<std::uint8_t>(static_cast<std::int32_t>(rounded) + params.zero_point);
    }
  }
}
