// mistake: leaves the zero point out
// verdict: correctness wrong_result
void KERNEL(std::span<const float> x, QuantParams params, std::span<std::uint8_t> q) {
  solution(x, {params.scale, 0}, q);
}
