// mistake: limits the argument to ±88.376: infinity and the last subnormals are never reached
// verdict: correctness wrong_result
void KERNEL(std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    const float limited = x[i] > 88.376F ? 88.376F : x[i] < -88.376F ? -88.376F : x[i];
    solution({&limited, 1}, {&y[i], 1});
  }
}
