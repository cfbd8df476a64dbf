// mistake: a tolerance of 10⁻⁹ seconds, in which short programs are ties
// verdict: correctness wrong_result
Bottleneck classify_bottleneck(double flops, double bytes, Roof roof) {
  const double computing = flops / (roof.gflops * 1e9);
  const double moving = bytes / (roof.bandwidth_gbs * 1e9);
  if (std::abs(computing - moving) <= 1e-9) return Bottleneck::both;
  return computing > moving ? Bottleneck::compute : Bottleneck::memory;
}
