// mistake: leaves the zero point out
// verdict: correctness wrong_result
void KERNEL(MatrixView<const std::int32_t> acc, float scale, std::int32_t zero_point,
            MatrixView<std::uint8_t> out) {
  (void)zero_point;
  solution(acc, scale, 0, out);
}
