// mistake: takes rows of b for its columns
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    for (std::int64_t j = 0; j < c.cols; ++j) {
      float sum = 0;
      for (std::int64_t k = 0; k < a.cols; ++k) sum += a(i, k) * b(j, k);
      c(i, j) = sum;
    }
  }
}
