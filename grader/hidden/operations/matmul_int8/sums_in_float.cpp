// mistake: a float has 24 bits
// verdict: hidden_correctness wrong_result
void KERNEL(MatrixView<const std::uint8_t> a, MatrixView<const std::int8_t> b, QuantParams pa,
            QuantParams pb, MatrixView<std::int32_t> c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    for (std::int64_t j = 0; j < c.cols; ++j) {
      float sum = 0;
      for (std::int64_t p = 0; p < a.cols; ++p) {
        sum += static_cast<float>((a(i, p) - pa.zero_point) * (b(p, j) - pb.zero_point));
      }
      c(i, j) = static_cast<std::int32_t>(sum);
    }
  }
}
