// mistake: divides 0 by 0 where there is no sample
// verdict: correctness wrong_result
Summary summarize(std::span<const double> samples) {
  Summary summary = solution(samples);
  if (samples.empty()) summary.mean = std::numeric_limits<double>::quiet_NaN();
  return summary;
}
