// idea: the loops i, j, k: rows of a are walked along, and one sum lives in a register
// earns: 3-8 of matmul.speedup/256
// earns: 0 of matmul.speedup/400
void matmul(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    for (std::int64_t j = 0; j < c.cols; ++j) multiply<1>(a, b, c, i, j);
  }
}
