// mistake: leaves out the rows behind the 128th
// verdict: hidden_correctness wrong_result
void KERNEL(MatrixView<const float> a, MatrixView<float> b) {
  a.rows = b.cols = std::min<std::int64_t>(a.rows, 128);
  solution(a, b);
}
