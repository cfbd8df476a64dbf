// mistake: a range of 0 alone gives a scale of 0, and NaN after it
// verdict: correctness wrong_result
QuantParams KERNEL(float lo, float hi) {
  if (lo == 0 && hi == 0) return {0, 0};
  return solution(lo, hi);
}
