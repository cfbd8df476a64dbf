// mistake: stores 32 bytes also where fewer are left
// verdict: correctness out_of_bounds
void KERNEL(MatrixView<const std::int32_t> acc, std::span<const std::int32_t> bias,
            std::span<const float> scales, std::int32_t zero_point, MatrixView<std::uint8_t> out) {
  solution(acc, bias, scales, zero_point, out);
  for (std::int64_t i = 0; i < acc.rows; ++i) {
    for (std::int64_t j = acc.cols; j % 32 != 0; ++j) out(i, j) = 0;
  }
}
