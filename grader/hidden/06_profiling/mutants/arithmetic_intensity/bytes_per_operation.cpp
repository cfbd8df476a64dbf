// mistake: divides the wrong way around
// verdict: correctness wrong_result
double arithmetic_intensity(double flops, double bytes) { return bytes / flops; }
