// mistake: takes four columns at a time and forgets what is left
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  b.cols = c.cols -= c.cols % 4;
  solution(a, b, c);
}
