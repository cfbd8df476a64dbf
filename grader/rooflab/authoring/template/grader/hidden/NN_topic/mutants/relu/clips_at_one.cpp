// mistake: TODO: a mistake that only this lab's kernel can have; this one clips what is below 1
// verdict: correctness wrong_result
void relu(std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = x[i] < 1 ? 0 : x[i];
}
