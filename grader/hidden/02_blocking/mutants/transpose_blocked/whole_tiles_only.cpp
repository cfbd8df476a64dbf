// mistake: forgets the tiles that hang over the edge
// verdict: correctness wrong_result
void transpose_blocked(MatrixView<const float> a, MatrixView<float> b) {
  constexpr std::int64_t kTile = 16;
  for (std::int64_t i0 = 0; i0 < a.rows - kTile + 1; i0 += kTile) {
    for (std::int64_t j0 = 0; j0 < a.cols - kTile + 1; j0 += kTile) {
      for (std::int64_t j = j0; j < std::min(j0 + kTile, a.cols); ++j) {
        for (std::int64_t i = i0; i < std::min(i0 + kTile, a.rows); ++i) b(j, i) = a(i, j);
      }
    }
  }
}
