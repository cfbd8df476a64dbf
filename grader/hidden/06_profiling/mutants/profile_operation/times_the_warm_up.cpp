// mistake: the warm-up is the first sample
// verdict: correctness wrong_result
Profile profile_operation(const std::function<void()>& op, const Clock& clock,
                          const ProfileOptions& options) {
  if (options.warm_ups == 0) return solution(op, clock, options);
  const std::int64_t begin = clock();
  for (int i = 0; i < options.warm_ups; ++i) op();
  const auto warm_up = static_cast<double>(clock() - begin) / options.warm_ups;
  ProfileOptions rest = options;
  rest.warm_ups = 0;
  Profile profile = solution(op, clock, rest);
  if (!profile.samples.empty()) profile.samples.front() = warm_up;
  return profile;
}
