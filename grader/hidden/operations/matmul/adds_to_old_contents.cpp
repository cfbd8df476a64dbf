// mistake: adds to what c held before the call
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    for (std::int64_t j = 0; j < c.cols; ++j) {
      for (std::int64_t k = 0; k < a.cols; ++k) c(i, j) += a(i, k) * b(k, j);
    }
  }
}
