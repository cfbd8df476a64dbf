// mistake: leaves k · zero_a · zero_b out
// verdict: correctness wrong_result
void KERNEL(MatrixView<const std::uint8_t> a, MatrixView<const std::int8_t> b, QuantParams pa,
            QuantParams pb, MatrixView<std::int32_t> c) {
  solution(a, b, pa, pb, c);
  const auto k = static_cast<std::int32_t>(a.cols);
  for (std::int64_t i = 0; i < c.rows; ++i) {
    for (std::int64_t j = 0; j < c.cols; ++j) c(i, j) -= k * pa.zero_point * pb.zero_point;
  }
}
