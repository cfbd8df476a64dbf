// mistake: does not cut the tiles that hang over the edge
// verdict: correctness out_of_bounds
void transpose_blocked(MatrixView<const float> a, MatrixView<float> b) {
  constexpr std::int64_t kTile = 16;
  for (std::int64_t i0 = 0; i0 < a.rows; i0 += kTile) {
    for (std::int64_t j0 = 0; j0 < a.cols; j0 += kTile) {
      for (std::int64_t j = j0; j < j0 + kTile; ++j) {
        for (std::int64_t i = i0; i < i0 + kTile; ++i) b(j, i) = a(i, j);
      }
    }
  }
}
