// mistake: takes one extent for both: what lies outside the square is left out
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> a, MatrixView<float> b) {
  const std::int64_t n = std::min(a.rows, a.cols);
  solution({a.data, n, n, a.stride}, {b.data, n, n, b.stride});
}
