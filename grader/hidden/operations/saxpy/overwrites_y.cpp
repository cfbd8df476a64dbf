// mistake: stores alpha·x and forgets what y held
// verdict: correctness wrong_result
void KERNEL(float alpha, std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = alpha * x[i];
}
