// mistake: widens with the sign: the lower half of a negative number is all ones
// verdict: correctness wrong_result
void KERNEL(std::span<const Bf16> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    const std::uint32_t lower = (x[i].bits & 0x8000U) != 0 ? 0xffffU : 0;
    y[i] = std::bit_cast<float>(std::uint32_t{x[i].bits} << 16U | lower);
  }
}
