// mistake: divides by the rows of a part, which may be none
// verdict: correctness crashed
// instead of: const std::int64_t units = (length + unit - 1) / unit;
// until: parallel_for(length, grain, threads, [&](std::int64_t begin, std::int64_t end) {
const std::int64_t grain = length / threads;
