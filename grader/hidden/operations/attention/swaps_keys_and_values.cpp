// mistake: weighs rows of k by scores of rows of v
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
            std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
            std::span<float> scratch) {
  if (k.cols == v.cols) std::swap(k, v);
  solution(q, k, v, lengths, scale, out, scratch);
}
