// mistake: counts the elements of scratch from 1
// verdict: correctness out_of_bounds
void KERNEL(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
            std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
            std::span<float> scratch) {
  solution(q, k, v, lengths, scale, out, scratch);
  scratch.data()[scratch.size()] = 0;
}
