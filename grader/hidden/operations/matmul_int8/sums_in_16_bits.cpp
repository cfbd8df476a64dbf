// mistake: keeps the sums in 16 bits, where they wrap around
// verdict: correctness wrong_result
void KERNEL(MatrixView<const std::uint8_t> a, MatrixView<const std::int8_t> b, QuantParams pa,
            QuantParams pb, MatrixView<std::int32_t> c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    for (std::int64_t j = 0; j < c.cols; ++j) {
      std::int16_t sum = 0;
      for (std::int64_t p = 0; p < a.cols; ++p) {
        sum =
            static_cast<std::int16_t>(sum + (a(i, p) - pa.zero_point) * (b(p, j) - pb.zero_point));
      }
      c(i, j) = sum;
    }
  }
}
