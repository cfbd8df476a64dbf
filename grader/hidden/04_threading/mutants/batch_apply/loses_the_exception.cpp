// mistake: catches what a row throws, and says nothing
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> batch, const RowOperation& op, MatrixView<float> out,
            int threads) {
  try {
    solution(batch, op, out, threads);
  } catch (...) {
  }
}
