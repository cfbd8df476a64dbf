// mistake: does not clear the sums of the call before
// verdict: correctness wrong_result
float KERNEL(std::span<const float> x, int threads) {
  static float sum = 0;
  return sum += solution(x, threads);
}
