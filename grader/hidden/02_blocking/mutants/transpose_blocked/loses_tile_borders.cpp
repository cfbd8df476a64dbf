// mistake: leaves out the last row and column of each tile
// verdict: correctness wrong_result
void transpose_blocked(MatrixView<const float> a, MatrixView<float> b) {
  constexpr std::int64_t kTile = 16;
  for (std::int64_t i0 = 0; i0 < a.rows; i0 += kTile) {
    for (std::int64_t j0 = 0; j0 < a.cols; j0 += kTile) {
      for (std::int64_t j = j0; j < std::min(j0 + kTile - 1, a.cols); ++j) {
        for (std::int64_t i = i0; i < std::min(i0 + kTile - 1, a.rows); ++i) b(j, i) = a(i, j);
      }
    }
  }
}
