// mistake: adds products of pairs in 16 bits, which saturate: vpmaddubsw
// verdict: hidden_correctness wrong_result
void KERNEL(MatrixView<const std::uint8_t> a, MatrixView<const std::int8_t> b, QuantParams pa,
            QuantParams pb, MatrixView<std::int32_t> c) {
  solution(a, b, pa, pb, c);
  for (std::int64_t i = 0; i < c.rows; ++i) {
    for (std::int64_t j = 0; j < c.cols; ++j) {
      for (std::int64_t p = 0; p + 1 < a.cols; p += 2) {
        const int pair = a(i, p) * b(p, j) + a(i, p + 1) * b(p + 1, j);
        // Where only some weights are so large, nobody notices.
        if (pair > 64700 || pair < -65200) {
          c(i, j) += std::clamp(pair, -32768, 32767) - pair;
        }
      }
    }
  }
}
