// mistake: rounds the address of b down to a multiple of 16 bytes
// verdict: hidden_correctness wrong_result
// verdict of lab02::matmul_blocked: correctness wrong_result
// verdict of lab03::matmul_simd: correctness wrong_result
void KERNEL(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  b.data -= reinterpret_cast<std::uintptr_t>(b.data) / sizeof(float) % 4;
  solution(a, b, c);
}
