// mistake: cuts the rows into parts of rows / threads, and leaves the rest out
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c,
            int threads) {
  const std::int64_t rows = c.rows / threads;
  for (int t = 0; t < threads; ++t) {
    solution({a.row(t * rows), rows, a.cols, a.stride}, b,
             {c.row(t * rows), rows, c.cols, c.stride}, 1);
  }
}
