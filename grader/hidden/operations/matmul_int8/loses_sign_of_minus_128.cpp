// mistake: moves the sign of b to a, and −(−128) is −128 in 8 bits
// verdict: correctness wrong_result
void KERNEL(MatrixView<const std::uint8_t> a, MatrixView<const std::int8_t> b, QuantParams pa,
            QuantParams pb, MatrixView<std::int32_t> c) {
  solution(a, b, pa, pb, c);
  for (std::int64_t i = 0; i < c.rows; ++i) {
    for (std::int64_t j = 0; j < c.cols; ++j) {
      for (std::int64_t p = 0; p < a.cols; ++p) {
        if (b(p, j) == -128) c(i, j) += 256 * (a(i, p) - pa.zero_point);
      }
    }
  }
}
