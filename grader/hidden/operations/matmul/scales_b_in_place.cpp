// mistake: multiplies b by a in place, and divides again afterwards
// verdict: correctness input_modified
void KERNEL(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    std::fill_n(c.row(i), c.cols, 0.0F);
    for (std::int64_t k = 0; k < a.cols; ++k) {
      float* row = const_cast<float*>(b.row(k));
      for (std::int64_t j = 0; j < c.cols; ++j) {
        row[j] *= a(i, k);
        c(i, j) += row[j];
        row[j] /= a(i, k);
      }
    }
  }
}
