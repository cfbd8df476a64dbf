// mistake: rounds every tie away from zero
// verdict: correctness wrong_result
void KERNEL(std::span<const float> x, std::span<Bf16> y) {
  solution(x, y);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(x[i]) + 0x8000U;
    if (!std::isnan(x[i])) y[i].bits = static_cast<std::uint16_t>(bits >> 16U);
  }
}
