// mistake: ends the sum one term early
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  a.cols = b.rows = std::max<std::int64_t>(a.cols - 1, 0);
  solution(a, b, c);
}
