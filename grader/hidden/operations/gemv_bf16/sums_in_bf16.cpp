// mistake: keeps its sums in bf16, too
// verdict: correctness wrong_result
void KERNEL(MatrixView<const Bf16> w, std::span<const float> x, std::span<float> y) {
  for (std::int64_t i = 0; i < w.rows; ++i) {
    float sum = 0;
    for (std::int64_t j = 0; j < w.cols; ++j) {
      const float weight = std::bit_cast<float>(std::uint32_t{w(i, j).bits} << 16U);
      sum += weight * x[static_cast<std::size_t>(j)];
      sum = std::bit_cast<float>(std::bit_cast<std::uint32_t>(sum) & 0xffff0000U);
    }
    y[static_cast<std::size_t>(i)] = sum;
  }
}
