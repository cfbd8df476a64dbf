// idea: cache tiles around a plain loop, not packed
// earns: 0 of matmul_blocked.speedup/64x400x400
// earns: 0 of matmul_blocked.speedup/64x1024x1024
// earns: 12 of matmul_blocked.cache_misses/64x400x400
// earns: 0 of matmul_blocked.cache_misses/64x512x512
void matmul_blocked(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  const std::int64_t tile = choose_tile(kL1Bytes);
  for (std::int64_t i = 0; i < c.rows; ++i) std::fill_n(c.row(i), c.cols, 0.0F);
  for (std::int64_t p0 = 0; p0 < a.cols; p0 += tile) {
    const std::int64_t p1 = std::min(p0 + tile, a.cols);
    for (std::int64_t j0 = 0; j0 < c.cols; j0 += tile) {
      const std::int64_t width = std::min(tile, c.cols - j0);
      for (std::int64_t i = 0; i < c.rows; ++i) {
        float* c_row = c.row(i) + j0;
        for (std::int64_t p = p0; p < p1; ++p) {
          const float factor = a(i, p);
          const float* b_row = b.row(p) + j0;
          for (std::int64_t j = 0; j < width; ++j) c_row[j] += factor * b_row[j];
        }
      }
    }
  }
}
