// mistake: keeps a row in a buffer of 32 columns and leaves out the rest
// verdict: hidden_correctness wrong_result
void KERNEL(Tensor4View<const float> x, Tensor4View<const float> w, std::span<const float> bias,
            std::int64_t padding, Tensor4View<float> y) {
  const rooflab::AlignedBuffer<float> all(y.size());
  solution(x, w, bias, padding, {all.data(), y.batch, y.channels, y.height, y.width});
  for (std::int64_t row = 0; row < y.batch * y.channels * y.height; ++row) {
    std::copy_n(all.data() + row * y.width, std::min<std::int64_t>(y.width, 32),
                y.data + row * y.width);
  }
}
