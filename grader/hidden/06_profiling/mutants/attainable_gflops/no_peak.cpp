// mistake: knows the bandwidth only
// verdict: correctness wrong_result
double attainable_gflops(double intensity, Roof roof) { return intensity * roof.bandwidth_gbs; }
