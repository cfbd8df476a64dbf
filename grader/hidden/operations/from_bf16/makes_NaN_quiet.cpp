// mistake: sets the highest bit of a fraction that is NaN's
// verdict: correctness wrong_result
void KERNEL(std::span<const Bf16> x, std::span<float> y) {
  solution(x, y);
  for (float& number : y) {
    const auto bits = std::bit_cast<std::uint32_t>(number);
    if (std::isnan(number)) number = std::bit_cast<float>(bits | 0x400000U);
  }
}
