// mistake: divides by floats, not by bytes
// verdict: correctness wrong_result
double arithmetic_intensity(double flops, double bytes) { return flops / (bytes / 4); }
