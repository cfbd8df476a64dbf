// mistake: gives 0 for numbers below the normal range
// verdict: correctness wrong_result
void KERNEL(std::span<const Bf16> x, std::span<float> y) {
  solution(x, y);
  for (std::size_t i = 0; i < x.size(); ++i) {
    if ((x[i].bits & 0x7f80U) == 0) y[i] = 0;
  }
}
