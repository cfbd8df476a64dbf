// mistake: takes cols for the stride of out
// verdict: correctness out_of_bounds
void KERNEL(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
            std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
            std::span<float> scratch) {
  out.stride = out.cols;
  solution(q, k, v, lengths, scale, out, scratch);
}
