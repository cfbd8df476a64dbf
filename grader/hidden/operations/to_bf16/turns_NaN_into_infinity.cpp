// mistake: cuts the lower half of NaN off: with all of its payload there, infinity is left
// verdict: correctness wrong_result
void KERNEL(std::span<const float> x, std::span<Bf16> y) {
  solution(x, y);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const auto upper = static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(x[i]) >> 16U);
    if (std::isnan(x[i])) y[i].bits = upper;
  }
}
