// mistake: computes in float: 24 bits are not 10⁻⁹
// verdict: correctness wrong_result
double arithmetic_intensity(double flops, double bytes) {
  return static_cast<float>(flops) / static_cast<float>(bytes);
}
