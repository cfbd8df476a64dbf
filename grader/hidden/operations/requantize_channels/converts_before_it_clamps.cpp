// mistake: what does not fit 32 bits becomes the lowest number, and so 0
// verdict: correctness wrong_result
void KERNEL(MatrixView<const std::int32_t> acc, std::span<const std::int32_t> bias,
            std::span<const float> scales, std::int32_t zero_point, MatrixView<std::uint8_t> out) {
  solution(acc, bias, scales, zero_point, out);
  for (std::int64_t i = 0; i < acc.rows; ++i) {
    for (std::int64_t j = 0; j < acc.cols; ++j) {
      if (static_cast<float>(acc(i, j) + bias[static_cast<std::size_t>(j)]) *
              scales[static_cast<std::size_t>(j)] >
          32767)
        out(i, j) = 0;
    }
  }
}
