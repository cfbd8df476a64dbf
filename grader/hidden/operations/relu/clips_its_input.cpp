// mistake: clips x, and then copies it
// verdict: correctness input_modified
void KERNEL(std::span<const float> x, std::span<float> y) {
  float* in = const_cast<float*>(x.data());
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (in[i] < 0) in[i] = 0;
    y[i] = in[i];
  }
}
