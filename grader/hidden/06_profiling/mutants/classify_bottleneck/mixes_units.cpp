// mistake: a bandwidth in bytes a second, beside a peak in GFLOP/s
// verdict: correctness wrong_result
Bottleneck classify_bottleneck(double flops, double bytes, Roof roof) {
  return solution(flops, bytes, {roof.gflops, roof.bandwidth_gbs * 1e9});
}
