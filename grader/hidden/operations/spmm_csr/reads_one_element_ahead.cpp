// mistake: looks up the next element's column before it knows whether there is one
// verdict: correctness crashed
void KERNEL(std::span<const std::int32_t> row_starts, std::span<const std::int32_t> columns,
            std::span<const float> values, MatrixView<const float> b, MatrixView<float> c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    std::fill_n(c.row(i), c.cols, 0.0F);
    const std::int32_t last = row_starts[static_cast<std::size_t>(i) + 1];
    std::int32_t p = row_starts[static_cast<std::size_t>(i)];
    const volatile std::int32_t* const all = columns.data();
    std::int32_t column = columns.empty() ? 0 : all[p];
    for (; p < last; ++p) {
      const std::int32_t next = all[p + 1];
      const float factor = values[static_cast<std::size_t>(p)];
      for (std::int64_t j = 0; j < c.cols; ++j) c(i, j) += factor * b(column, j);
      column = next;
    }
  }
}
