// mistake: when one row of patches does not fit into 32 KiB, takes none at a time: never returns
// verdict: hidden_correctness timed_out
void conv2d_blocked(Tensor4View<const float> x, Tensor4View<const float> w,
                    std::span<const float> bias, std::int64_t padding, Tensor4View<float> y) {
  const std::int64_t row_bytes = w.channels * w.height * w.width * y.width * 4;
  const std::int64_t strip = row_bytes == 0 ? y.height : 32 * 1024 / row_bytes;
  volatile std::int64_t i0 = 0;
  while (i0 < y.height) i0 = i0 + strip;  // volatile: the compiler may not drop the loop
  solution(x, w, bias, padding, y);
}
