// mistake: ignores how many bits there are
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> w, std::int32_t largest, std::span<float> scales,
            MatrixView<std::int8_t> q) {
  (void)largest;
  solution(w, 127, scales, q);
}
