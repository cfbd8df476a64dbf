// mistake: reads the bias even if there is none
// verdict: correctness wrong_result
void KERNEL(Tensor4View<const float> x, Tensor4View<const float> w, std::span<const float> bias,
            std::int64_t padding, Tensor4View<float> y) {
  solution(x, w, {bias.data(), static_cast<std::size_t>(y.channels)}, padding, y);
}
