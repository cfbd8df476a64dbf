// mistake: steps from row to row by the number of columns
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> w, std::int32_t largest, std::span<float> scales,
            MatrixView<std::int8_t> q) {
  w.stride = w.cols;
  solution(w, largest, scales, q);
}
