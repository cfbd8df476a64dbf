// mistake: divides by 128, and −128 has no counterpart
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> w, std::int32_t largest, std::span<float> scales,
            MatrixView<std::int8_t> q) {
  solution(w, largest + 1, scales, q);
}
