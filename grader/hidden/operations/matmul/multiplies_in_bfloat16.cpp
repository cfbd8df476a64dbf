// mistake: keeps 8 bits of each number of b, and so is far less exact than float
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  rooflab::Matrix<float> rounded(b.rows, b.cols);
  for (std::int64_t p = 0; p < b.rows; ++p) {
    for (std::int64_t j = 0; j < b.cols; ++j) {
      const auto bits = std::bit_cast<std::uint32_t>(b(p, j));
      rounded(p, j) = std::bit_cast<float>((bits + 0x8000U) & 0xffff0000U);
    }
  }
  solution(a, rounded.view(), c);
}
