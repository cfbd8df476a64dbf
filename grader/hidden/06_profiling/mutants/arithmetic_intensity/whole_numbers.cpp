// mistake: divides whole numbers: 2/8 is 0
// verdict: correctness wrong_result
double arithmetic_intensity(double flops, double bytes) {
  return static_cast<double>(static_cast<std::int64_t>(flops) / static_cast<std::int64_t>(bytes));
}
