// mistake: takes operations per byte for bytes per operation
// verdict: correctness wrong_result
double attainable_gflops(double intensity, Roof roof) {
  return std::min(roof.gflops, roof.bandwidth_gbs / intensity);
}
