// mistake: expects zeros in scratch
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
            std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
            std::span<float> scratch) {
  solution(q, k, v, lengths, scale, out, scratch.subspan(0, 64));
  if (out.rows > 0 && out.cols > 0) out(0, 0) += scratch.back();
}
