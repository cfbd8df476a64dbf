// mistake: overwrites where it should add: only the last k is left
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    std::fill_n(c.row(i), c.cols, 0.0F);
    for (std::int64_t k = 0; k < a.cols; ++k) {
      for (std::int64_t j = 0; j < c.cols; ++j) c(i, j) = a(i, k) * b(k, j);
    }
  }
}
