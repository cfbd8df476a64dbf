// mistake: overflows for large programs
// verdict: correctness wrong_result
double arithmetic_intensity(double flops, double bytes) {
  return static_cast<double>(static_cast<std::uint32_t>(static_cast<std::uint64_t>(flops))) / bytes;
}
