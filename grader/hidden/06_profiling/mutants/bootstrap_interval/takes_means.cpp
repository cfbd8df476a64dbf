// mistake: the ratio of the means, which an outlier moves
// verdict: correctness wrong_result
// instead of: return quantile(drawn, 0.5);
return std::accumulate(drawn.begin(), drawn.end(), 0.0) / static_cast<double>(drawn.size());
