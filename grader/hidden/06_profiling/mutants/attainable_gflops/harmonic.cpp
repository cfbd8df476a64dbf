// mistake: computes and moves one after the other: the roof has a corner, no curve
// verdict: correctness wrong_result
double attainable_gflops(double intensity, Roof roof) {
  return intensity > 0 ? 1 / (1 / roof.gflops + 1 / (intensity * roof.bandwidth_gbs)) : 0;
}
