// mistake: returns at once when alpha is 0, though 0 · inf is NaN
// verdict: correctness wrong_result
void KERNEL(float alpha, std::span<const float> x, std::span<float> y) {
  if (alpha != 0) solution(alpha, x, y);
}
