// mistake: the width of the widest ranges is infinite in float
// verdict: correctness wrong_result
QuantParams KERNEL(float lo, float hi) {
  if (hi - lo > std::numeric_limits<float>::max()) return {hi - lo, 128};
  return solution(lo, hi);
}
