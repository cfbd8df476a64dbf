// mistake: halves the matrix until one element is left, and never ends on an empty one
// verdict: correctness crashed
void KERNEL(MatrixView<const float> a, MatrixView<float> b) {
  if (a.rows == 1 && a.cols == 1) {
    b(0, 0) = a(0, 0);
  } else if (a.rows >= a.cols) {
    const std::int64_t half = a.rows / 2;
    KERNEL({a.data, half, a.cols, a.stride}, {b.data, b.rows, half, b.stride});
    KERNEL({a.row(half), a.rows - half, a.cols, a.stride},
           {b.data + half, b.rows, a.rows - half, b.stride});
  } else {
    const std::int64_t half = a.cols / 2;
    KERNEL({a.data, a.rows, half, a.stride}, {b.data, half, b.cols, b.stride});
    KERNEL({a.data + half, a.rows, a.cols - half, a.stride},
           {b.row(half), a.cols - half, b.cols, b.stride});
  }
}
