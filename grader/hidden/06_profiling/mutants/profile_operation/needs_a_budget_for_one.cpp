// mistake: no sample where the first spends the budget
// verdict: correctness wrong_result
Profile profile_operation(const std::function<void()>& op, const Clock& clock,
                          const ProfileOptions& options) {
  Profile profile = solution(op, clock, options);
  if (profile.samples.size() == 1 && options.samples > 1) profile.samples.clear();
  return profile;
}
