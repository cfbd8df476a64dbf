// mistake: takes the first channel's scale for all
// verdict: correctness wrong_result
#include <vector>

void KERNEL(MatrixView<const std::int32_t> acc, std::span<const std::int32_t> bias,
            std::span<const float> scales, std::int32_t zero_point, MatrixView<std::uint8_t> out) {
  const std::vector<float> first(scales.size(), scales.empty() ? 1 : scales[0]);
  solution(acc, bias, first, zero_point, out);
}
