// mistake: takes the peak for the bandwidth, and the bandwidth for the peak
// verdict: correctness wrong_result
Bottleneck classify_bottleneck(double flops, double bytes, Roof roof) {
  return solution(flops, bytes, {roof.bandwidth_gbs, roof.gflops});
}
