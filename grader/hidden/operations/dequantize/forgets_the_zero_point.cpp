// mistake: leaves the zero point out
// verdict: correctness wrong_result
void KERNEL(std::span<const std::uint8_t> q, QuantParams params, std::span<float> x) {
  solution(q, {params.scale, 0}, x);
}
