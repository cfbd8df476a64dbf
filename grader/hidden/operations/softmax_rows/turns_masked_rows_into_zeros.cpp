// mistake: gives 0 instead of NaN when a row is -inf throughout
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> x, MatrixView<float> y) {
  for (std::int64_t i = 0; i < x.rows; ++i) {
    const auto masked = [](float value) {
      return value == -std::numeric_limits<float>::infinity();
    };
    if (std::all_of(x.row(i), x.row(i) + x.cols, masked)) {
      std::fill_n(y.row(i), x.cols, 0.0F);
    } else {
      solution({x.row(i), 1, x.cols, x.stride}, {y.row(i), 1, y.cols, y.stride});
    }
  }
}
