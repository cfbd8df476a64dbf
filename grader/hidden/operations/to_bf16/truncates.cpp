// mistake: cuts the lower half off and does not round
// verdict: correctness wrong_result
void KERNEL(std::span<const float> x, std::span<Bf16> y) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    solution(x.subspan(i, 1), y.subspan(i, 1));
    const auto upper = static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(x[i]) >> 16U);
    if (!std::isnan(x[i])) y[i].bits = upper;
  }
}
