// mistake: reads the last vector in full, beyond the end
// verdict: correctness wrong_result
float KERNEL(std::span<const float> x, int threads) {
  return solution({x.data(), (x.size() + 7) / 8 * 8}, threads);
}
