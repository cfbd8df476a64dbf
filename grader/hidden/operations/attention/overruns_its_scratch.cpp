// mistake: keeps the scores of 8 rows where 4 have room
// verdict: correctness out_of_bounds
void KERNEL(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
            std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
            std::span<float> scratch) {
  solution(q, k, v, lengths, scale, out, scratch);
  const std::int64_t needed = 8 * k.rows;
  for (std::int64_t j = std::ssize(scratch); j < needed; ++j) scratch.data()[j] = 0;
}
