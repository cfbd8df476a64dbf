// mistake: keeps 8 bits of each number of k
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
            std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
            std::span<float> scratch) {
  rooflab::Matrix<float> rounded(k.rows, k.cols);
  for (std::int64_t j = 0; j < k.rows; ++j) {
    for (std::int64_t p = 0; p < k.cols; ++p) {
      const auto bits = std::bit_cast<std::uint32_t>(k(j, p));
      rounded(j, p) = std::bit_cast<float>((bits + 0x8000U) & 0xffff0000U);
    }
  }
  solution(q, rounded.view(), v, lengths, scale, out, scratch);
}
