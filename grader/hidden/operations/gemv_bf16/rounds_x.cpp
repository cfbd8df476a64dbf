// mistake: rounds x to bf16 as well
// verdict: correctness wrong_result
#include <vector>

void KERNEL(MatrixView<const Bf16> w, std::span<const float> x, std::span<float> y) {
  std::vector<float> rounded(x.begin(), x.end());
  for (float& number : rounded) {
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(number) + 0x8000U;
    if (std::isfinite(number)) number = std::bit_cast<float>(bits & 0xffff0000U);
  }
  solution(w, rounded, y);
}
