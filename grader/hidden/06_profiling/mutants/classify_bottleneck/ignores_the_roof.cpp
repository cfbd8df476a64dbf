// mistake: compares operations with bytes, whatever the machine
// verdict: correctness wrong_result
Bottleneck classify_bottleneck(double flops, double bytes, Roof roof) {
  return solution(flops, bytes, {1, 1});
}
