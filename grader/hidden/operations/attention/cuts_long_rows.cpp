// mistake: packs 1024 numbers of each row of q at most
// verdict: hidden_correctness wrong_result
void KERNEL(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
            std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
            std::span<float> scratch) {
  q.cols = k.cols = std::min<std::int64_t>(q.cols, 1024);
  solution(q, k, v, lengths, scale, out, scratch);
}
