// idea: one weight at a time, one sum
// earns: 0 of gemv_bf16.speedup
void gemv_bf16(MatrixView<const Bf16> w, std::span<const float> x, std::span<float> y) {
  for (std::int64_t i = 0; i < w.rows; ++i) {
    float sum = 0;
    for (std::int64_t j = 0; j < w.cols; ++j) {
      const float weight = std::bit_cast<float>(std::uint32_t{w(i, j).bits} << 16U);
      sum += weight * x[static_cast<std::size_t>(j)];
    }
    y[static_cast<std::size_t>(i)] = sum;
  }
}
