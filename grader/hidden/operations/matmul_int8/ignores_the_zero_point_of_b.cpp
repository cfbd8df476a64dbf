// mistake: takes weights to be symmetric
// verdict: correctness wrong_result
void KERNEL(MatrixView<const std::uint8_t> a, MatrixView<const std::int8_t> b, QuantParams pa,
            QuantParams pb, MatrixView<std::int32_t> c) {
  pb.zero_point = 0;
  solution(a, b, pa, pb, c);
}
