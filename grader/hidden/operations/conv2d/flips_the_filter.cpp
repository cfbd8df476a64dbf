// mistake: convolves as mathematicians do, with the filter upside down
// verdict: correctness wrong_result
void KERNEL(Tensor4View<const float> x, Tensor4View<const float> w, std::span<const float> bias,
            std::int64_t padding, Tensor4View<float> y) {
  const std::int64_t taps = w.height * w.width;
  const rooflab::AlignedBuffer<float> flipped(w.size());
  for (std::int64_t t = 0; t < w.size(); ++t)
    flipped[t] = w.data[t / taps * taps + taps - 1 - t % taps];
  w.data = flipped.data();
  solution(x, w, bias, padding, y);
}
