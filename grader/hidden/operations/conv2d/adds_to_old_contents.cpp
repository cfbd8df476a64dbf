// mistake: adds to what y held before the call
// verdict: correctness wrong_result
void KERNEL(Tensor4View<const float> x, Tensor4View<const float> w, std::span<const float> bias,
            std::int64_t padding, Tensor4View<float> y) {
  const rooflab::AlignedBuffer<float> sums(y.size());
  solution(x, w, bias, padding, {sums.data(), y.batch, y.channels, y.height, y.width});
  for (std::int64_t t = 0; t < y.size(); ++t) y.data[t] += sums[t];
}
