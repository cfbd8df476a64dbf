// mistake: leaves c as it is when there are no terms
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c,
            int threads) {
  if (a.cols > 0) solution(a, b, c, threads);
}
