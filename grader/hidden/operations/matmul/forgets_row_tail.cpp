// mistake: takes four rows at a time and forgets what is left
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  a.rows = c.rows -= c.rows % 4;
  solution(a, b, c);
}
