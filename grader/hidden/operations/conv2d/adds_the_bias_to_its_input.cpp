// mistake: adds the bias to the image, as if the weights summed to 1
// verdict: correctness input_modified
void KERNEL(Tensor4View<const float> x, Tensor4View<const float> w, std::span<const float> bias,
            std::int64_t padding, Tensor4View<float> y) {
  float* pixels = const_cast<float*>(x.data);
  for (std::int64_t t = 0; t < x.size() && !bias.empty(); ++t) pixels[t] += bias[0];
  solution(x, w, {}, padding, y);
}
