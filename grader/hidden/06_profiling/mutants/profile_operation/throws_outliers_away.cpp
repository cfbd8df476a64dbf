// mistake: samples far from the median are left out
// verdict: correctness wrong_result
Profile profile_operation(const std::function<void()>& op, const Clock& clock,
                          const ProfileOptions& options) {
  Profile profile = solution(op, clock, options);
  if (profile.samples.empty()) return profile;
  const double usual = median_time(profile.samples);
  for (double& sample : profile.samples) sample = std::min(sample, 1.2 * usual);
  return profile;
}
