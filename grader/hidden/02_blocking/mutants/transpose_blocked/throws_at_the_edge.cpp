// mistake: goes through a buffer of one tile and asks it for elements behind its end
// verdict: correctness crashed
void transpose_blocked(MatrixView<const float> a, MatrixView<float> b) {
  constexpr std::int64_t kTile = 16;
  std::array<float, kTile * kTile> tile{};
  const auto place = [&](std::int64_t i, std::int64_t j) {
    return static_cast<std::size_t>(i * kTile + j);
  };
  for (std::int64_t i0 = 0; i0 < a.rows; i0 += kTile) {
    for (std::int64_t i = i0; i < std::min(i0 + kTile, a.rows); ++i) {
      for (std::int64_t j = 0; j < a.cols; ++j) tile.at(place(i, j)) = a(i, j);
      for (std::int64_t j = 0; j < a.cols; ++j) b(j, i) = tile.at(place(i, j));
    }
  }
}
