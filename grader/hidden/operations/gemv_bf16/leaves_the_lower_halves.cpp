// mistake: takes two weights for a float and leaves the first one in the second one's fraction
// verdict: correctness wrong_result
void KERNEL(MatrixView<const Bf16> w, std::span<const float> x, std::span<float> y) {
  for (std::int64_t i = 0; i < w.rows; ++i) {
    float sum = 0;
    for (std::int64_t j = 0; j < w.cols; ++j) {
      std::uint32_t bits = std::uint32_t{w(i, j).bits} << 16U;
      if (j % 2 == 1) bits |= w(i, j - 1).bits;
      sum += std::bit_cast<float>(bits) * x[static_cast<std::size_t>(j)];
    }
    y[static_cast<std::size_t>(i)] = sum;
  }
}
