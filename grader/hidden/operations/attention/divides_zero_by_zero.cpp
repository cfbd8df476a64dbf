// mistake: 0/0 where no key is seen
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
            std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
            std::span<float> scratch) {
  solution(q, k, v, lengths, scale, out, scratch);
  for (std::int64_t i = 0; i < out.rows; ++i) {
    if (lengths[static_cast<std::size_t>(i)] > 0) continue;
    std::fill_n(out.row(i), out.cols, std::numeric_limits<float>::quiet_NaN());
  }
}
