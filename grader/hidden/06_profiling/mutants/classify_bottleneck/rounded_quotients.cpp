// mistake: compares two rounded quotients for equality: ties are lost
// verdict: correctness wrong_result
Bottleneck classify_bottleneck(double flops, double bytes, Roof roof) {
  const double computing = flops / roof.gflops;
  const double moving = bytes / roof.bandwidth_gbs;
  if (computing == moving) return Bottleneck::both;
  return computing > moving ? Bottleneck::compute : Bottleneck::memory;
}
