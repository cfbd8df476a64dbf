// idea: four sums under way at once
// earns: 10 of matmul.speedup/256
// earns: 9-12 of matmul.speedup/400
void matmul(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    std::int64_t j = 0;
    for (; j + 4 <= c.cols; j += 4) multiply<4>(a, b, c, i, j);
    for (; j < c.cols; ++j) multiply<1>(a, b, c, i, j);
  }
}
