// mistake: an outlier decides: the mean in place of the median
// verdict: correctness wrong_result
// instead of: return median_time(seconds_.at(configuration));
const std::vector<double>& all = seconds_.at(configuration);
return std::accumulate(all.begin(), all.end(), 0.0) / static_cast<double>(all.size());
