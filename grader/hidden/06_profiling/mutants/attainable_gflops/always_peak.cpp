// mistake: knows the peak only
// verdict: correctness wrong_result
double attainable_gflops(double intensity, Roof roof) { return intensity > 0 ? roof.gflops : 0; }
