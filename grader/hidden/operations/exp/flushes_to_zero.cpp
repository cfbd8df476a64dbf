// mistake: gives 0 for results below the normal range
// verdict: correctness wrong_result
void KERNEL(std::span<const float> x, std::span<float> y) {
  solution(x, y);
  for (float& value : y) {
    if (value < std::numeric_limits<float>::min()) value = 0;
  }
}
