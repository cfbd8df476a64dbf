// mistake: takes a length of 0 for no mask
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
            std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
            std::span<float> scratch) {
  rooflab::Matrix<std::int32_t> seen(1, q.rows);
  for (std::int64_t i = 0; i < q.rows; ++i) {
    const std::int32_t length = lengths[static_cast<std::size_t>(i)];
    seen(0, i) = length == 0 ? static_cast<std::int32_t>(k.rows) : length;
  }
  solution(q, k, v, {seen.view().data, lengths.size()}, scale, out, scratch);
}
