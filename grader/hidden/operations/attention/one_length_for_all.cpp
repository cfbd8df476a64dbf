// mistake: takes the first length for every row
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
            std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
            std::span<float> scratch) {
  if (lengths.empty()) return;
  rooflab::Matrix<std::int32_t> seen(1, q.rows);
  std::fill_n(seen.view().data, lengths.size(), lengths[0]);
  solution(q, k, v, {seen.view().data, lengths.size()}, scale, out, scratch);
}
