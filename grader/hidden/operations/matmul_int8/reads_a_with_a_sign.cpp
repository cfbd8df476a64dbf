// mistake: takes 200 for −56
// verdict: correctness wrong_result
void KERNEL(MatrixView<const std::uint8_t> a, MatrixView<const std::int8_t> b, QuantParams pa,
            QuantParams pb, MatrixView<std::int32_t> c) {
  solution(a, b, pa, pb, c);
  for (std::int64_t i = 0; i < c.rows; ++i) {
    for (std::int64_t j = 0; j < c.cols; ++j) {
      for (std::int64_t p = 0; p < a.cols; ++p) {
        if (a(i, p) >= 128) c(i, j) -= 256 * (b(p, j) - pb.zero_point);
      }
    }
  }
}
