// mistake: steps from row to row by the number of columns
// verdict: correctness wrong_result
void KERNEL(MatrixView<const std::int32_t> acc, float scale, std::int32_t zero_point,
            MatrixView<std::uint8_t> out) {
  acc.stride = acc.cols;
  solution(acc, scale, zero_point, out);
}
