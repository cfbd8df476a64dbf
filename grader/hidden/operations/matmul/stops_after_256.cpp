// mistake: sums 256 terms at most
// verdict: hidden_correctness wrong_result
void KERNEL(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  a.cols = b.rows = std::min<std::int64_t>(a.cols, 256);
  solution(a, b, c);
}
