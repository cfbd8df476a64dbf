// idea: one float at a time, as in lab 01: memory is the limit all the same
// earns: 0 of relu.vector
// earns: 0 of relu.bandwidth
void relu(std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = x[i] < 0 ? 0.0F : x[i];
}
