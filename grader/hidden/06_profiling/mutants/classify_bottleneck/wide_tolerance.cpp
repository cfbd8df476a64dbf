// mistake: takes times that differ by 5 % for equal
// verdict: correctness wrong_result
Bottleneck classify_bottleneck(double flops, double bytes, Roof roof) {
  const double computing = flops * roof.bandwidth_gbs;
  const double moving = bytes * roof.gflops;
  if (std::abs(computing - moving) <= 0.05 * std::max(computing, moving)) return Bottleneck::both;
  return computing > moving ? Bottleneck::compute : Bottleneck::memory;
}
