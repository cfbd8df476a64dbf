// mistake: attends within blocks of 64 rows
// verdict: correctness wrong_result
void infer(MatrixView<const float> x, QuantParams input, MatrixView<const std::int8_t> w1,
           std::span<const std::int32_t> bias1, std::span<const float> scales1,
           MatrixView<const float> wq, MatrixView<const float> wk, MatrixView<const float> wv,
           MatrixView<const float> w2, std::span<const float> bias2, MatrixView<float> out) {
  for (std::int64_t i = 0; i < x.rows; i += 64) {
    const std::int64_t count = std::min<std::int64_t>(64, x.rows - i);
    solution({x.row(i), count, x.cols, x.stride}, input, w1, bias1, scales1, wq, wk, wv, w2, bias2,
             {out.row(i), count, out.cols, out.stride});
  }
}
