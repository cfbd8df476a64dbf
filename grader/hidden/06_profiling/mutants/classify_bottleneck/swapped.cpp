// mistake: calls a program that computes for longer bound by memory
// verdict: correctness wrong_result
Bottleneck classify_bottleneck(double flops, double bytes, Roof roof) {
  const Bottleneck right = solution(flops, bytes, roof);
  if (right == Bottleneck::both) return right;
  return right == Bottleneck::memory ? Bottleneck::compute : Bottleneck::memory;
}
