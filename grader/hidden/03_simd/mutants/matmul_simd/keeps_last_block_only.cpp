// mistake: cuts k into blocks of 256 and stores each over the one before
// verdict: hidden_correctness wrong_result
void matmul_simd(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  constexpr std::int64_t kBlock = 256;
  std::int64_t p = 0;
  do {
    const std::int64_t depth = std::min(kBlock, a.cols - p);
    solution({a.data + p, a.rows, depth, a.stride},
             {b.data + p * b.stride, depth, b.cols, b.stride}, c);
    p += kBlock;
  } while (p < a.cols);
}
