// mistake: gives the largest number in place of infinity
// verdict: correctness wrong_result
void KERNEL(std::span<const float> x, std::span<Bf16> y) {
  solution(x, y);
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!std::isinf(x[i]) && (y[i].bits & 0x7fffU) == 0x7f80U) --y[i].bits;
  }
}
