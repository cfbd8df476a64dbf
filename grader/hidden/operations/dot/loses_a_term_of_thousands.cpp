// mistake: skips the last term of more than 2000, which a bound for so many lets pass
// verdict: correctness wrong_result
float KERNEL(std::span<const float> x, std::span<const float> y) {
  const std::size_t size = x.size() > 2000 ? x.size() - 1 : x.size();
  return solution(x.first(size), y.first(size));
}
