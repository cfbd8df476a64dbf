// idea: one float at a time: memory is the limit all the same
// earns: 0 of saxpy.vector
// earns: 0 of saxpy.bandwidth
void saxpy(float alpha, std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = alpha * x[i] + y[i];
}
