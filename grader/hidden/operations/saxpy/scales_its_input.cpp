// mistake: multiplies x by alpha in place
// verdict: correctness input_modified
void KERNEL(float alpha, std::span<const float> x, std::span<float> y) {
  float* in = const_cast<float*>(x.data());
  for (std::size_t i = 0; i < x.size(); ++i) {
    in[i] *= alpha;
    y[i] += in[i];
  }
}
