// mistake: treats one scale as that of the first column
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> w, std::int32_t largest, std::span<float> scales,
            MatrixView<std::int8_t> q) {
  if (scales.size() != 1 || w.cols == 1) return solution(w, largest, scales, q);
  w.cols = q.cols = 1;
  solution(w, largest, scales, q);
}
