// mistake: a bandwidth in bytes a second, beside a peak in GFLOP/s
// verdict: correctness wrong_result
double attainable_gflops(double intensity, Roof roof) {
  return std::min(roof.gflops, intensity * roof.bandwidth_gbs * 1e9);
}
