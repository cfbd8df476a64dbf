// mistake: ends each tile of k one term early
// verdict: correctness wrong_result
void matmul_blocked(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  constexpr std::int64_t kTile = 48;
  for (std::int64_t i = 0; i < c.rows; ++i) std::fill_n(c.row(i), c.cols, 0.0F);
  for (std::int64_t p0 = 0; p0 < a.cols; p0 += kTile) {
    for (std::int64_t i = 0; i < c.rows; ++i) {
      for (std::int64_t j = 0; j < c.cols; ++j) {
        float sum = 0;
        for (std::int64_t p = p0; p < std::min(p0 + kTile - 1, a.cols); ++p)
          sum += a(i, p) * b(p, j);
        c(i, j) += sum;
      }
    }
  }
}
