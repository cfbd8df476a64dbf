// mistake: takes the peak for the bandwidth, and the bandwidth for the peak
// verdict: correctness wrong_result
double attainable_gflops(double intensity, Roof roof) {
  return solution(intensity, {roof.bandwidth_gbs, roof.gflops});
}
