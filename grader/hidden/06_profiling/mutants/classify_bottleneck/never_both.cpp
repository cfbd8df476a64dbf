// mistake: knows no tie
// verdict: correctness wrong_result
Bottleneck classify_bottleneck(double flops, double bytes, Roof roof) {
  return flops * roof.bandwidth_gbs > bytes * roof.gflops ? Bottleneck::compute
                                                          : Bottleneck::memory;
}
