// mistake: stores 8 sums also where fewer columns are left
// verdict: correctness out_of_bounds
void KERNEL(MatrixView<const std::uint8_t> a, MatrixView<const std::int8_t> b, QuantParams pa,
            QuantParams pb, MatrixView<std::int32_t> c) {
  solution(a, b, pa, pb, c);
  for (std::int64_t i = 0; i < c.rows; ++i) {
    for (std::int64_t j = c.cols; j % 8 != 0; ++j) c(i, j) = 0;
  }
}
