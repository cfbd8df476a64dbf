// mistake: steps from row to row by the number of columns
// verdict: correctness wrong_result
void KERNEL(MatrixView<const std::int32_t> acc, std::span<const std::int32_t> bias,
            std::span<const float> scales, std::int32_t zero_point, MatrixView<std::uint8_t> out) {
  acc.stride = acc.cols;
  solution(acc, bias, scales, zero_point, out);
}
