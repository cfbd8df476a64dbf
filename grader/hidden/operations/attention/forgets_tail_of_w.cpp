// mistake: writes whole vectors of 8 columns only
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
            std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
            std::span<float> scratch) {
  v.cols = out.cols = out.cols / 8 * 8;
  solution(q, k, v, lengths, scale, out, scratch);
}
