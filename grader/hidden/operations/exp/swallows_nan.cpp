// mistake: limits the argument with a comparison that NaN fails: it becomes the limit
// verdict: correctness wrong_result
void KERNEL(std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    const float limited = x[i] < 200 ? x[i] : 200;
    solution({&limited, 1}, {&y[i], 1});
  }
}
