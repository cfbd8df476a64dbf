// mistake: masks the rows that come later
// verdict: correctness wrong_result
// instead of: const Matrix<float> scratch(1, 4 * x.rows + 64), a(x.rows, wv.cols);
for (std::int64_t i = 0; i < x.rows; ++i) {
  const_cast<std::int32_t&>(all[static_cast<std::size_t>(i)]) = static_cast<std::int32_t>(i + 1);
}
const Matrix<float> scratch(1, 4 * x.rows + 64), a(x.rows, wv.cols);
