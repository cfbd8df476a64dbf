// idea: loop interchange, as in matmul_reordered; nothing is tiled
// earns: 0 of matmul_blocked.speedup/64x400x400
// earns: 0 of matmul_blocked.speedup/64x1024x1024
// earns: 0 of matmul_blocked.cache_misses/64x400x400
// earns: 0 of matmul_blocked.cache_misses/64x512x512
void matmul_blocked(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  matmul_reordered(a, b, c);
}
