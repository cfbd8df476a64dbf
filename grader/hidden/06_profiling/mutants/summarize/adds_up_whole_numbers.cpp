// mistake: std::accumulate from 0, an int: each sum is cut off to a whole number
// verdict: correctness wrong_result
// instead of: const double mean = std::accumulate(sorted.begin(), sorted.end(), 0.0) / n;
const double mean = std::accumulate(sorted.begin(), sorted.end(), 0) / n;
