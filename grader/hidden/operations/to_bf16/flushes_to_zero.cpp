// mistake: gives 0 for numbers below the normal range
// verdict: correctness wrong_result
void KERNEL(std::span<const float> x, std::span<Bf16> y) {
  solution(x, y);
  for (Bf16& number : y) {
    if ((number.bits & 0x7f80U) == 0) number.bits &= 0x8000U;
  }
}
