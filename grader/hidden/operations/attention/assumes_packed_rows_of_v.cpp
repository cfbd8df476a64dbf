// mistake: takes cols for the stride of v
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
            std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
            std::span<float> scratch) {
  v.stride = v.cols;
  solution(q, k, v, lengths, scale, out, scratch);
}
