// mistake: takes the higher of the two roofs
// verdict: correctness wrong_result
double attainable_gflops(double intensity, Roof roof) {
  return std::max(roof.gflops, intensity * roof.bandwidth_gbs);
}
