// mistake: takes four terms at a time and forgets what is left
// verdict: correctness wrong_result
void KERNEL(MatrixView<const std::uint8_t> a, MatrixView<const std::int8_t> b, QuantParams pa,
            QuantParams pb, MatrixView<std::int32_t> c) {
  a.cols = b.rows = a.cols / 4 * 4;
  solution(a, b, pa, pb, c);
}
