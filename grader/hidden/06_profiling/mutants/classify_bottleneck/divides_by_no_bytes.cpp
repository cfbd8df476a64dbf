// mistake: calls a program that moves nothing bound by memory
// verdict: correctness wrong_result
Bottleneck classify_bottleneck(double flops, double bytes, Roof roof) {
  const double intensity = bytes > 0 ? flops / bytes : 0;
  const double ridge = roof.gflops / roof.bandwidth_gbs;
  if (std::abs(intensity - ridge) <= 1e-9 * ridge) return Bottleneck::both;
  return intensity > ridge ? Bottleneck::compute : Bottleneck::memory;
}
