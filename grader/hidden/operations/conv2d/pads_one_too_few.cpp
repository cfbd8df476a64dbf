// mistake: has one row and column of padding too few in front
// verdict: correctness wrong_result
void KERNEL(Tensor4View<const float> x, Tensor4View<const float> w, std::span<const float> bias,
            std::int64_t padding, Tensor4View<float> y) {
  solution(x, w, bias, std::max<std::int64_t>(padding - 1, 0), y);
}
