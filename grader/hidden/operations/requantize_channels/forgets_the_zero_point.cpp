// mistake: leaves the zero point out
// verdict: correctness wrong_result
void KERNEL(MatrixView<const std::int32_t> acc, std::span<const std::int32_t> bias,
            std::span<const float> scales, std::int32_t zero_point, MatrixView<std::uint8_t> out) {
  (void)zero_point;
  solution(acc, bias, scales, 0, out);
}
