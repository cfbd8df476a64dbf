// mistake: stores 16 columns at a time, past the end of the row
// verdict: correctness out_of_bounds
void matmul_simd(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  solution(a, b, c);
  for (std::int64_t i = 0; i < c.rows; ++i) {
    for (std::int64_t j = c.cols; j % 16 != 0; ++j) c.row(i)[j] = 0;
  }
}
