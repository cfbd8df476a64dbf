// mistake: writes whole tiles of 4 rows only
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
            std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
            std::span<float> scratch) {
  const std::int64_t whole = q.rows / 4 * 4;
  q.rows = out.rows = whole;
  solution(q, k, v, lengths.first(static_cast<std::size_t>(whole)), scale, out, scratch);
}
