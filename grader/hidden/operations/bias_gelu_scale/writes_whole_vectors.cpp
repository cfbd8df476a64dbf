// mistake: stores eight columns at a time, past the end of the row
// verdict: correctness out_of_bounds
void KERNEL(MatrixView<const float> x, std::span<const float> b, float s, MatrixView<float> y) {
  solution(x, b, s, y);
  for (std::int64_t i = 0; i < y.rows; ++i) {
    for (std::int64_t j = y.cols; j % 8 != 0; ++j) y.row(i)[j] = 0;
  }
}
