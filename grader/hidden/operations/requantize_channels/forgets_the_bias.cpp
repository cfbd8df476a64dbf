// mistake: leaves the bias out
// verdict: correctness wrong_result
#include <vector>

void KERNEL(MatrixView<const std::int32_t> acc, std::span<const std::int32_t> bias,
            std::span<const float> scales, std::int32_t zero_point, MatrixView<std::uint8_t> out) {
  const std::vector<std::int32_t> none(bias.size());
  solution(acc, none, scales, zero_point, out);
}
