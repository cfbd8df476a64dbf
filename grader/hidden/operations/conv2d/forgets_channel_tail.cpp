// mistake: computes four output channels at a time and forgets what is left
// verdict: correctness wrong_result
void KERNEL(Tensor4View<const float> x, Tensor4View<const float> w, std::span<const float> bias,
            std::int64_t padding, Tensor4View<float> y) {
  for (std::int64_t n = 0; n < y.batch; ++n) {
    solution({x.plane(n, 0), 1, x.channels, x.height, x.width}, w, bias, padding,
             {y.plane(n, 0), 1, y.channels - y.channels % 4, y.height, y.width});
  }
}
