// mistake: keeps 8 bits of each number of v, and so is far less exact than float
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
            std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
            std::span<float> scratch) {
  rooflab::Matrix<float> rounded(v.rows, v.cols);
  for (std::int64_t j = 0; j < v.rows; ++j) {
    for (std::int64_t c = 0; c < v.cols; ++c) {
      const auto bits = std::bit_cast<std::uint32_t>(v(j, c));
      rounded(j, c) = std::bit_cast<float>((bits + 0x8000U) & 0xffff0000U);
    }
  }
  solution(q, k, rounded.view(), lengths, scale, out, scratch);
}
