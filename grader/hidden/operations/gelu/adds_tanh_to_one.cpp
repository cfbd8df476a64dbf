// mistake: computes 0.5·x·(1 + tanh z), which loses all digits where tanh is close to −1
// verdict: correctness wrong_result
void KERNEL(std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    const float z = 0.7978845608F * (x[i] + 0.044715F * x[i] * x[i] * x[i]);
    y[i] = 0.5F * x[i] * (1 + std::tanh(z));
  }
}
