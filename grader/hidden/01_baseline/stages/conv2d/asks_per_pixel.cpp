// idea: asks once a pixel which taps lie inside the image, no longer once a tap; the sum waits
// earns: 1-8 of conv2d.speedup
void conv2d(Tensor4View<const float> x, Tensor4View<const float> w, std::span<const float> bias,
            std::int64_t padding, Tensor4View<float> y) {
  for (std::int64_t n = 0; n < y.batch; ++n) {
    for (std::int64_t o = 0; o < y.channels; ++o) {
      for (std::int64_t i = 0; i < y.height; ++i) {
        const std::int64_t r_begin = std::max<std::int64_t>(0, padding - i);
        const std::int64_t r_end = std::min(w.height, x.height + padding - i);
        for (std::int64_t j = 0; j < y.width; ++j) {
          const std::int64_t s_begin = std::max<std::int64_t>(0, padding - j);
          const std::int64_t s_end = std::min(w.width, x.width + padding - j);
          float sum = bias.empty() ? 0.0F : bias[static_cast<std::size_t>(o)];
          for (std::int64_t c = 0; c < x.channels; ++c) {
            for (std::int64_t r = r_begin; r < r_end; ++r) {
              for (std::int64_t s = s_begin; s < s_end; ++s) {
                sum += w(o, c, r, s) * x(n, c, i + r - padding, j + s - padding);
              }
            }
          }
          y(n, o, i, j) = sum;
        }
      }
    }
  }
}
