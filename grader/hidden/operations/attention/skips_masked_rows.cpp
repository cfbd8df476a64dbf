// mistake: writes nothing where no key is seen
// verdict: correctness wrong_result
void KERNEL(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
            std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
            std::span<float> scratch) {
  for (std::int64_t i = 0; i < out.rows; ++i) {
    const std::int32_t length = lengths[static_cast<std::size_t>(i)];
    if (length == 0) continue;
    solution({q.row(i), 1, q.cols, q.stride}, k, v, {&length, 1}, scale,
             {out.row(i), 1, out.cols, out.stride}, scratch);
  }
}
