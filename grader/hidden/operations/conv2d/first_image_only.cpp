// mistake: computes the first image of the batch only
// verdict: correctness wrong_result
void KERNEL(Tensor4View<const float> x, Tensor4View<const float> w, std::span<const float> bias,
            std::int64_t padding, Tensor4View<float> y) {
  y.batch = std::min<std::int64_t>(y.batch, 1);
  solution(x, w, bias, padding, y);
}
