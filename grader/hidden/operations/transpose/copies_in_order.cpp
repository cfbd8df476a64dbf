// mistake: copies row after row without turning anything
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> a, MatrixView<float> b) {
  for (std::int64_t t = 0; t < a.rows * a.cols; ++t) {
    b(t / b.cols, t % b.cols) = a(t / a.cols, t % a.cols);
  }
}
