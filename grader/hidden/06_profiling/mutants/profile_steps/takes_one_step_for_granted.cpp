// mistake: looks at the first step where there is none
// verdict: correctness wrong_result
void profile_steps(std::span<const std::function<void()>> steps, const Clock& clock, int rounds,
                   std::span<double> shares) {
  (*std::next(steps.data(), std::ssize(steps) / 2))();
  solution(steps, clock, rounds, shares);
}
