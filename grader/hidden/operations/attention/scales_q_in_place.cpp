// mistake: multiplies q by the scale where it lies
// verdict: correctness input_modified
void KERNEL(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
            std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
            std::span<float> scratch) {
  for (std::int64_t i = 0; i < q.rows; ++i) {
    float* row = const_cast<float*>(q.row(i));
    for (std::int64_t p = 0; p < q.cols; ++p) row[p] *= scale;
  }
  solution(q, k, v, lengths, 1, out, scratch);
}
