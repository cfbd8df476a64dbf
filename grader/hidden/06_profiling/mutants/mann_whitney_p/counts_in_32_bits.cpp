// mistake: counts arrangements in 32 bits, which overflow
// verdict: correctness wrong_result
// instead of: std::vector ways(m + 1, std::vector(u + 1, 0.0));
// until: }  // namespace
std::vector ways(m + 1, std::vector(u + 1, std::uint32_t{0}));
ways[0][0] = 1;
for (std::size_t number = 0; number <= n; ++number) {
  for (std::size_t k = 1; k <= m; ++k) {
    for (std::size_t sum = number; sum <= u; ++sum) ways[k][sum] += ways[k - 1][sum - number];
  }
}
std::uint32_t few = 0;
for (const std::uint32_t some : ways[m]) few += some;
double all = 1;
for (std::size_t i = 1; i <= m; ++i) all *= static_cast<double>(n + i) / static_cast<double>(i);
return static_cast<double>(few) / all;
}
