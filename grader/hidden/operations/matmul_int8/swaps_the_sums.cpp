// mistake: subtracts the sums of rows where those of columns belong
// verdict: correctness wrong_result
void KERNEL(MatrixView<const std::uint8_t> a, MatrixView<const std::int8_t> b, QuantParams pa,
            QuantParams pb, MatrixView<std::int32_t> c) {
  solution(a, b, {1, pb.zero_point}, {1, 0}, c);
  solution(a, b, {1, 0}, {1, 0}, c);
  for (std::int64_t i = 0; i < c.rows; ++i) {
    std::int32_t row = 0;
    for (std::int64_t p = 0; p < a.cols; ++p) row += a(i, p);
    for (std::int64_t j = 0; j < c.cols; ++j) {
      std::int32_t column = 0;
      for (std::int64_t p = 0; p < a.cols; ++p) column += b(p, j);
      const auto k = static_cast<std::int32_t>(a.cols);
      c(i, j) += k * pa.zero_point * pb.zero_point - pa.zero_point * row - pb.zero_point * column;
    }
  }
}
