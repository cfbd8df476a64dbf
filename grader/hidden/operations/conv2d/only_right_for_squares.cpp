// mistake: takes heights for widths
// verdict: correctness wrong_result
void KERNEL(Tensor4View<const float> x, Tensor4View<const float> w, std::span<const float> bias,
            std::int64_t padding, Tensor4View<float> y) {
  std::swap(x.height, x.width);
  std::swap(w.height, w.width);
  std::swap(y.height, y.width);
  solution(x, w, bias, padding, y);
}
