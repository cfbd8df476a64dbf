// mistake: counts k in 8 bits, and 255 + 1 is 0: never returns when a has over 255 columns
// verdict: hidden_correctness timed_out
void KERNEL(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    for (std::int64_t j = 0; j < c.cols; ++j) {
      float sum = 0;
      volatile std::uint8_t k = 0;  // volatile: the compiler may not drop a loop without end
      while (k < a.cols) {
        sum += a(i, k) * b(k, j);
        k = static_cast<std::uint8_t>(k + 1);
      }
      c(i, j) = sum;
    }
  }
}
