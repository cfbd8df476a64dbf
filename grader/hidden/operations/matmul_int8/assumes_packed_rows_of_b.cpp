// mistake: steps from row to row by the number of columns
// verdict: correctness wrong_result
void KERNEL(MatrixView<const std::uint8_t> a, MatrixView<const std::int8_t> b, QuantParams pa,
            QuantParams pb, MatrixView<std::int32_t> c) {
  b.stride = b.cols;
  solution(a, b, pa, pb, c);
}
