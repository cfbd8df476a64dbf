// mistake: keeps scores in an array of its own, of 1024: forgets the keys behind it
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
            std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
            std::span<float> scratch) {
  rooflab::Matrix<std::int32_t> seen(1, q.rows);
  for (std::int64_t i = 0; i < q.rows; ++i) {
    seen(0, i) = std::min(lengths[static_cast<std::size_t>(i)], 1024);
  }
  solution(q, k, v, {seen.view().data, lengths.size()}, scale, out, scratch);
}
