// mistake: sums as many terms as c has columns
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  a.cols = b.rows = c.cols;
  solution(a, b, c);
}
